/** Where the all-in-one speaks to people: one line at a time, with who speaks in front. Works without a terminal. */
export interface Screen {
  say(line: string): void;
  /** A line of a part's own, such as a child process. */
  partSays(part: string, line: string): void;
  /** Runs `work` and says every few seconds that it is still going, then how long it took. */
  during<T>(title: string, work: () => Promise<T>): Promise<T>;
}

const NAME_WIDTH = 9;
const STILL_MS = 5_000;

/** A screen that writes to stdout. A reader that went away is not a fault. */
export function createScreen(out: NodeJS.WriteStream = process.stdout): Screen {
  out.on('error', () => undefined);
  const print = (name: string, text: string) => {
    const head = `${name.padEnd(NAME_WIDTH)} | `;
    out.write(
      `${text
        .split('\n')
        .map((line) => head + line)
        .join('\n')}\n`,
    );
  };
  const say = (line: string) => print('hookwise', line);
  return {
    say,
    partSays: (part, line) => print(part, out.isTTY ? readable(line) : line),
    async during(title, work) {
      const began = Date.now();
      const seconds = () => `${((Date.now() - began) / 1_000).toFixed(1)} s`;
      say(`${title} …`);
      const still = setInterval(() => say(`${title} … ${seconds()}`), STILL_MS);
      try {
        const result = await work();
        say(`${title}: done in ${seconds()}.`);
        return result;
      } finally {
        clearInterval(still);
      }
    },
  };
}

const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/** A line of JSON as a person reads it in a terminal; any other line as it is. */
export function readable(line: string): string {
  if (!line.startsWith('{"level":')) return line;
  try {
    const { level, time, msg, process: _part, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const rest = Object.entries(fields).map(
      ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    return [String(time).slice(11, 19), LEVELS[Number(level)] ?? level, msg, ...rest].join(' ');
  } catch {
    return line;
  }
}
