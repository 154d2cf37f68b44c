import { CHECKOUT } from '../stack/checkout.ts';
import { spawnGroup } from '../stack/process-group.ts';

/** A ticket of the simulator's own record, as far as we count. */
export interface SimulatedTicket {
  id: number;
  summary: string;
  externalXRef: string | null;
  closedFlag: boolean;
  mergedInto: number | null;
  deletedAt: string | null;
  createdAtMs: number;
  notes: {
    id: number;
    text: string;
    resolutionFlag: boolean;
    internalAnalysisFlag: boolean;
    detailDescriptionFlag: boolean;
  }[];
  statusChanges: { at: string; closedFlag: boolean }[];
}

export interface SimulatorCounts {
  requests: number;
  posts: number;
  notePosts: number;
  tickets: number;
  open: number;
  notes: number;
  inFlight: number;
  faults: Record<string, number>;
}

/** A ConnectWise simulator that runs as a process of its own and is steered over HTTP. */
export interface SimulatorProcess {
  pid: number;
  /** Origin of its API, without the path. */
  origin: string;
  /** The `CW_` variables that point a stack at it. */
  environment: Record<string, string>;
  record(): Promise<{ tickets: SimulatedTicket[] }>;
  counts(): Promise<SimulatorCounts>;
  /** One of its levers, such as `faults`, `down`, `up`, `reset`. */
  control<T>(name: string, body: unknown): Promise<T>;
  stop(): Promise<void>;
}

const ENTRY = 'tests/support/connectwise/main.ts';
const START_MS = 20_000;

/** Starts a simulator on free ports; its controls have a port of their own, which a simulated outage does not reach. */
export async function startSimulatorProcess(options: { latencyMs: number }): Promise<SimulatorProcess> {
  const environment: Record<string, string> = {};
  let controlUrl = '';
  let told: () => void = () => undefined;
  const isTold = new Promise<void>((resolve) => (told = resolve));
  const group = await spawnGroup({
    name: 'simulator',
    command: globalThis.process.execPath,
    args: [ENTRY, '--port', '0', '--control-port', '0', '--latency', String(options.latencyMs)],
    cwd: CHECKOUT,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    onLine(line) {
      controlUrl = /controls under (\S+?)\/ /.exec(line)?.[1] ?? controlUrl;
      const variable = /^export (CW_\w+)='?(.*?)'?$/.exec(line);
      if (variable?.[1]) environment[variable[1]] = variable[2] ?? '';
      if (variable?.[1] === 'CW_DEFAULT_COMPANY_ID') told();
    },
  });
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('The simulator did not start.')), START_MS).unref(),
  );
  await Promise.race([
    isTold,
    late,
    group.exited.then(({ lastWords }) => Promise.reject(new Error(`The simulator ended: ${lastWords.join('\n')}`))),
  ]);
  const call = async <T>(name: string, body?: unknown): Promise<T> => {
    const response = await fetch(
      `${controlUrl}/${name}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`The simulator refused ${name}: ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    pid: group.pid,
    origin: new URL(environment['CW_URL'] ?? '').origin,
    environment,
    record: () => call('record'),
    counts: () => call('counts'),
    control: (name, body) => call(name, body),
    stop: () => group.end([{ signal: 'SIGTERM', graceMs: 2_000 }]),
  };
}
