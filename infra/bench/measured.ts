/** One line of the report. `goal` is what issue and design ask for, in words; `isMet` is null where nothing is asked. */
export interface Measured {
  what: string;
  value: number;
  unit: string;
  more?: string;
  goal?: string;
  isMet: boolean | null;
}

type Goal = { atLeast: number } | { atMost: number } | { exactly: number };

/** A value with its goal: at least, at most or exactly. */
export function measured(what: string, value: number, unit: string, goal?: Goal, more?: string): Measured {
  const { isMet, words } = goal === undefined ? { isMet: null, words: undefined } : judged(value, goal);
  return {
    what,
    value,
    unit,
    isMet,
    ...(words === undefined ? {} : { goal: words }),
    ...(more === undefined ? {} : { more }),
  };
}

function judged(value: number, goal: Goal): { isMet: boolean; words: string } {
  if ('atLeast' in goal) return { isMet: value >= goal.atLeast, words: `≥ ${goal.atLeast}` };
  if ('atMost' in goal) return { isMet: value <= goal.atMost, words: `≤ ${goal.atMost}` };
  return { isMet: value === goal.exactly, words: `= ${goal.exactly}` };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The report as text. */
export function reportTable(lines: readonly Measured[]): string {
  const rows = lines.map(({ what, value, unit, goal, isMet, more }) => [
    what,
    `${readable(value)} ${unit}`,
    goal ?? '',
    isMet === null ? '' : isMet ? 'yes' : 'NO',
    more ?? '',
  ]);
  const head = ['what', 'measured', 'goal', 'met', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function readable(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
