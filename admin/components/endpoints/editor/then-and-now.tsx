'use client';

/** Pairs of bars on one scale, with their numbers. */
export function ThenAndNow({ rows }: { rows: readonly { label: string; was: number; is: number }[] }) {
  const most = Math.max(1, ...rows.flatMap(({ was, is }) => [was, is]));
  return (
    <table className="then-now">
      <thead>
        <tr>
          <th scope="col">
            <span className="quiet">Count</span>
          </th>
          <th scope="col">Then</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, was, is }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <Bar value={was} most={most} />
            <Bar value={is} most={most} tone={is === was ? '' : 'moved'} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ value, most, tone = '' }: { value: number; most: number; tone?: string }) {
  return (
    <td>
      <b>{number(value)}</b>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className={tone}>
        <rect width={(value / most) * 100} height="6" />
      </svg>
    </td>
  );
}

export function number(value: number): string {
  return value.toLocaleString('en');
}
