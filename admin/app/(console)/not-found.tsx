import { LinkButton } from '../../components/link-button.tsx';

/** Within the console the navigation stays. */
export default function NotFound() {
  return (
    <section className="card stack empty">
      <h1>Not here</h1>
      <p className="lead">There is nothing at this address. It may have been removed after its retention.</p>
      <LinkButton href="/" variant="default">
        To the overview
      </LinkButton>
    </section>
  );
}
