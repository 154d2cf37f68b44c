/** The folder, within `admin`, of the built console. */
export function consoleOutput(): string;
