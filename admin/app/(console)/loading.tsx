import { LoadingCard } from '../../components/loading-card.tsx';

export default function Loading() {
  return <LoadingCard lines={5} />;
}
