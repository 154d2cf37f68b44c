/** More rows than this do not go into one statement: it takes at most 65,535 parameters. */
export const MAX_ROWS = 1000;

/** Few sizes, so that each connection prepares few statements: the next power of two. What is over is filled with nulls. */
export function paddedSize(rows: number): number {
  return Math.min(MAX_ROWS, 2 ** Math.ceil(Math.log2(rows)));
}

/** `($1::uuid, $2::text), ($3, $4), …`: a VALUES list of `size` rows whose columns have these types. */
export function valuesList(size: number, types: readonly string[]): string {
  const row = (at: number) =>
    `(${types.map((type, column) => `$${at * types.length + column + 1}${at === 0 ? `::${type}` : ''}`).join(', ')})`;
  return Array.from({ length: size }, (_, at) => row(at)).join(', ');
}

/** The parameters of `valuesList(paddedSize(rows.length), …)`, row after row. */
export function paddedValues(rows: readonly (readonly unknown[])[], columns: number): unknown[] {
  const values = rows.flat(1);
  values.length = paddedSize(rows.length) * columns;
  return values.fill(null, rows.length * columns);
}

/** Keeps the text that `make` built under `name`. */
export function createStatements(): (name: string, make: () => string) => string {
  const statements = new Map<string, string>();
  return (name, make) => {
    const known = statements.get(name);
    if (known !== undefined) return known;
    const made = make();
    statements.set(name, made);
    return made;
  };
}
