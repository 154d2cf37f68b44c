import { writeFileSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/** Keeps the history of a run for the replay tests when asked to: `KEEP_HISTORIES=1 npx vitest run tests/workflows`. */
export async function keepHistory(handle: WorkflowHandle, name: string): Promise<void> {
  if (process.env['KEEP_HISTORIES'] !== '1') return;
  writeFileSync(
    new URL(`../replay/histories/${name}.json`, import.meta.url),
    `${JSON.stringify(JSON.parse(historyToJSON(await handle.fetchHistory())))}\n`,
  );
}
