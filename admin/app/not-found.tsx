import { Link } from '../components/link.tsx';

export default function NotFound() {
  return (
    <main className="alone">
      <h1>Not here</h1>
      <p className="quiet">There is nothing at this address. It may have been removed after its retention.</p>
      <Link className="button" href="/">
        To the overview
      </Link>
    </main>
  );
}
