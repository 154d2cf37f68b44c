import { CHECKOUT } from './checkout.ts';
import { spawnGroup } from './process-group.ts';

/** Runs one of our own scripts on this Node to its end; its lines go to `onLine`. Throws with its last words when it fails. */
export async function runStep(options: {
  name: string;
  args: readonly string[];
  environment: Record<string, string | undefined>;
  timeoutMs: number;
  onLine: (line: string) => void;
}): Promise<void> {
  const group = await spawnGroup({
    name: options.name,
    command: process.execPath,
    args: options.args,
    cwd: CHECKOUT,
    env: options.environment,
    onLine: options.onLine,
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void group.end([{ signal: 'SIGTERM', graceMs: 500 }]);
  }, options.timeoutMs);
  try {
    const { code, signal, lastWords } = await group.exited;
    if (late) throw new Error(`${options.name} took longer than ${options.timeoutMs / 1_000} s and was ended.`);
    if (code !== 0)
      throw new Error(`${options.name} failed (${signal ?? `status ${code}`}):\n${lastWords.slice(-15).join('\n')}`);
  } finally {
    clearTimeout(timer);
  }
}
