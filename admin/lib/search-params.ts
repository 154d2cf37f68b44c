export type Given = Record<string, string | string[] | undefined>;

/** The named parts of an address, as texts; what is repeated counts once, blanks not at all. */
export function readSearch<N extends string>(given: Given, names: readonly N[]): Partial<Record<N, string>> {
  const search: Partial<Record<N, string>> = {};
  for (const name of names) {
    const value = [given[name]].flat()[0];
    if (value !== undefined && value !== '') search[name] = value;
  }
  return search;
}
