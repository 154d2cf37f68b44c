export default function Loading() {
  return (
    <div className="card skeleton" role="status" aria-label="Loading">
      <i /> <i /> <i />
    </div>
  );
}
