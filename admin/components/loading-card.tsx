/** Where something is on its way: the shape of it. */
export function LoadingCard({ lines = 3 }: { lines?: number }) {
  return (
    <div className="card skeleton" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} />
      ))}
    </div>
  );
}
