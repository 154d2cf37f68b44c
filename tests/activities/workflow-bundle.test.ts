import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowBundle } from '../../activities/workflow-bundle.ts';

const GOOD = 'export async function incidentWorkflow(): Promise<void> {}\n';

describe('the bundle of the workflows', { timeout: 60_000 }, () => {
  let folder: string;
  const entry = () => join(folder, 'index.ts');
  const cache = () => join(folder, '..', 'cache');

  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'hookwise-bundle-')), 'workflows');
    mkdirSync(folder);
    symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, '..', 'node_modules'));
  });
  afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('is built once for the same sources, and anew for others', async () => {
    write(GOOD);
    const first = await workflowBundle(entry(), cache());
    const builtAt = statSync(first.codePath).mtimeMs;
    expect(await workflowBundle(entry(), cache())).toEqual(first);
    expect(statSync(first.codePath).mtimeMs).toBe(builtAt);
    write(`${GOOD}export const more = 1;\n`);
    expect((await workflowBundle(entry(), cache())).codePath).not.toBe(first.codePath);
  });

  it('is refused with the place where it does not build', async () => {
    write('export const incidentWorkflow = = 1;\n');
    const before = finished();
    await expect(workflowBundle(entry(), cache())).rejects.toThrow(/index\.ts/);
    expect(finished()).toEqual(before);
  });

  function write(text: string): void {
    writeFileSync(entry(), text);
  }
  function finished(): string[] {
    return readdirSync(cache()).filter((name) => name.endsWith('.cjs'));
  }
});
