import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../../infra/config/index.ts';

/** The example endpoint of a fresh installation, as the start script and the console's first page show it. */
export const ExampleEndpoint = z.object({ id: z.uuid(), url: z.string(), token: z.string() });
export type ExampleEndpoint = z.output<typeof ExampleEndpoint>;

/** What the file in the data folder says, or null where there is none that can be read. */
export async function readExample(config: Config): Promise<ExampleEndpoint | null> {
  try {
    return ExampleEndpoint.parse(JSON.parse(await readFile(fileOf(config), 'utf8')));
  } catch {
    return null;
  }
}

/** Written whole or not at all, readable by the owner alone. */
export async function writeExample(config: Config, example: ExampleEndpoint): Promise<void> {
  await mkdir(config.HOOKWISE_DATA_DIR, { recursive: true });
  const unfinished = `${fileOf(config)}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(example)}\n`, { mode: 0o600 });
  await rename(unfinished, fileOf(config));
}

function fileOf(config: Config): string {
  return join(config.HOOKWISE_DATA_DIR, 'example-endpoint.json');
}
