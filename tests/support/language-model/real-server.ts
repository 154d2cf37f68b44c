import { fileURLToPath } from 'node:url';
import { spawnGroup } from '../../../infra/stack/process-group.ts';
import { eventually } from '../eventually.ts';
import type { RealModel } from './get-real-model.ts';

const MAIN = fileURLToPath(new URL('./real-server-main.ts', import.meta.url));
const LOADING_MS = 120_000;

export interface RealModelServer {
  url: string;
  /** What the model answered so far, word for word. */
  answers: string[];
  close(): Promise<void>;
}

/** Starts the small model behind its API, in a process of its own. */
export async function startRealModelServer({ runtime, weights, name }: RealModel): Promise<RealModelServer> {
  const state = { url: '', answers: [] as string[] };
  const group = await spawnGroup({
    name: 'model',
    command: process.execPath,
    args: [MAIN, runtime, weights, name],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    onLine: (line) => {
      if (!line.startsWith('{')) return;
      const { url, answer } = JSON.parse(line) as { url?: string; answer?: string };
      if (url !== undefined) state.url = url;
      if (answer !== undefined) state.answers.push(answer);
    },
  });
  await eventually(() => state.url !== '' || !group.isRunning(), LOADING_MS);
  if (!group.isRunning()) throw new Error(`The model did not start:\n${(await group.exited).lastWords.join('\n')}`);
  return { ...state, answers: state.answers, close: () => group.end([{ signal: 'SIGTERM', graceMs: 2_000 }]) };
}
