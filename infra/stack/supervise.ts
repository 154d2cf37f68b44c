import { settlesWithin, type ProcessGroup } from './process-group.ts';

/** A started part: its process, and how it is ended in order. */
export interface RunningPart {
  group: ProcessGroup;
  stop(graceMs: number): Promise<void>;
}

/** One process of the all-in-one, as the supervisor needs to know it. */
export interface Part {
  name: string;
  /** Resolves when the process runs (and, for a server, serves). Called again after each end. */
  start(): Promise<RunningPart>;
  /** How long an orderly end may take. */
  graceMs: number;
}

export interface Supervised {
  name: string;
  /** Resolves with the first start, rejects when that fails. */
  started: Promise<void>;
  stop(): Promise<void>;
  /** Ends the process in order, so that it is started again at once; for changed sources. */
  restart(): void;
  /** No more patience: kills the process at once. */
  hurry(): void;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
const STEADY_MS = 30_000;

/** Starts a part and starts it again whenever it ends, quickly at first, at least every 10 s, until it is stopped. */
export function supervise(part: Part, say: (line: string) => void): Supervised {
  let stopping = false;
  let running: RunningPart | null = null;
  let wake: () => void = () => undefined;
  let wait = FIRST_WAIT_MS;

  const pause = async (ms: number) => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  };

  const startOnce = async () => {
    running = await part.start();
    return running;
  };

  const keepUp = async (first: RunningPart) => {
    let current: RunningPart | null = first;
    while (!stopping) {
      if (current) {
        const began = Date.now();
        const { code, signal } = await current.group.exited;
        if (stopping) return;
        if (Date.now() - began > STEADY_MS) wait = FIRST_WAIT_MS;
        say(`${part.name} ended (${signal ? `signal ${signal}` : `status ${code}`}); starting it again.`);
        await current.group.end([]);
      }
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      if (stopping) return;
      current = await startOnce().catch((error: Error) => {
        if (!stopping) say(`${part.name} did not start again: ${error.message}`);
        return null;
      });
    }
  };

  const firstStart = startOnce();
  const loop = firstStart.then(keepUp, () => undefined);
  return {
    name: part.name,
    started: firstStart.then(() => undefined),
    async stop() {
      stopping = true;
      wake();
      await running?.stop(part.graceMs);
      await settlesWithin(loop, part.graceMs);
      await running?.stop(0);
    },
    restart() {
      wait = FIRST_WAIT_MS;
      void running?.stop(part.graceMs);
    },
    hurry() {
      stopping = true;
      wake();
      if (running) void running.group.end([]);
    },
  };
}
