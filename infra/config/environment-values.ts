/** What the environment says of these names; those that are not set or are empty are left out. For names a person wrote into a file. */
export function environmentValues(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}
