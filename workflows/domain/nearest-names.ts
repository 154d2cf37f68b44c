const LONGEST = 80;
/** Of a longer list only so many names, those with the most runs of letters in common, are compared letter by letter. */
const LONG_LIST = 300;

/** The names most like `wanted`, the likest first, case ignored; those that have too little in common are left out. */
export function nearestNames(wanted: string, names: readonly string[], most: number): string[] {
  const target = fold(wanted);
  if (target === '') return [];
  return [...new Set(names.length > LONG_LIST ? alike(target, names) : names)]
    .map((name) => ({ name, distance: distanceOf(target, fold(name)) }))
    .filter(({ distance }) => distance <= 0.6)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

function alike(target: string, names: readonly string[]): string[] {
  const length = Math.min(3, target.length);
  const runs = Array.from({ length: target.length - length + 1 }, (_, start) => target.slice(start, start + length));
  const byCount: string[][] = [];
  for (const name of names) {
    const folded = fold(name);
    let count = 0;
    for (const run of runs) if (folded.includes(run)) count += 1;
    if (count > 0) (byCount[count] ??= []).push(name);
  }
  return byCount.reverse().flat().slice(0, LONG_LIST);
}

function fold(name: string): string {
  return name.trim().toLowerCase().slice(0, LONGEST);
}

/** 0 for the same text, 1 for nothing in common; a text that holds the other is near. */
function distanceOf(a: string, b: string): number {
  if (a === b) return 0;
  if (b === '') return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const edits = editsBetween(a, b) / long.length;
  return short.length >= 2 && long.includes(short)
    ? Math.min(edits, 0.3 + (0.3 * (long.length - short.length)) / long.length)
    : edits;
}

/** Letters to insert, delete, replace or swap with their neighbour to make one text the other. */
function editsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let best = Math.min(at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, at(before, column - 2) + 1);
      next.push(best);
    }
    before = last;
    last = next;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
