import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayHistory } from '../../activities/replay.ts';
import { testBundle } from '../support/incident-worker.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';

const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url));
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (name: string) =>
  JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')) as { events: Record<string, unknown>[] };

let bundle: { codePath: string };
beforeAll(async () => {
  quietRuntime();
  bundle = await testBundle();
});

describe('the kept histories', () => {
  it('are there for every story', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it.each(names)('%s replays on the present workflow code', async (name) => {
    await replayHistory(bundle, read(name), name);
  });

  it('refuse a history whose activity type was changed, and say where', async () => {
    const spoiled = JSON.parse(
      readFileSync(`${FOLDER}open-note-close.json`, 'utf8').replaceAll('"openTicket"', '"somethingElse"'),
    ) as unknown;
    await expect(replayHistory(bundle, spoiled, 'spoiled')).rejects.toThrow(/somethingElse|openTicket/);
  });
});
