import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readyBanner } from './banner.ts';
import { buildConsole } from './build-console.ts';
import { watchSources } from './dev-watch.ts';
import { childPart, CHILDREN, STOP_ORDER } from './child-part.ts';
import { takeLock } from './folder-lock.ts';
import { takenPorts } from './ports.ts';
import { prepare } from './prepare.ts';
import { endEveryGroup } from './process-group.ts';
import { endLeftovers } from './process-record.ts';
import { readyProbes, untilReady } from './ready.ts';
import type { Screen } from './screen.ts';
import { readSecrets } from './secrets.ts';
import { postgresPart, temporalPart } from './server-parts.ts';
import { portsOf, readSettings, type StackSettings } from './settings.ts';
import { supervise, type Part, type Supervised } from './supervise.ts';

export interface Stack {
  /** Resolves after an orderly stop, rejects when the start failed; in both cases no process of ours is left. */
  ended: Promise<void>;
  stop(): Promise<void>;
  /** No more patience. */
  hurry(): void;
}

class Stopped extends Error {}

/** Starts the whole all-in-one and keeps it up until it is stopped. */
export function startStack(options: {
  environment: Record<string, string | undefined>;
  screen: Screen;
  watch: boolean;
}): Stack {
  const { screen } = options;
  const parts = new Map<string, Supervised>();
  let stopping: Promise<void> | null = null;
  let watching: { close: () => void } | null = null;
  let release: () => void = () => undefined;
  const goOn = () => {
    if (stopping) throw new Stopped();
  };

  const keep = async (part: Part) => {
    goOn();
    const supervised = supervise(part, screen.say);
    parts.set(part.name, supervised);
    await supervised.started;
    goOn();
  };

  const start = async () => {
    const began = Date.now();
    const settings = readSettings(options.environment);
    release = await claimDataFolder(settings, screen);
    const secrets = readSecrets(settings.dataDir, options.environment, screen.say);
    const say = (part: string) => (line: string) => screen.partSays(part, line);
    const { config, recordDir } = settings;
    const forAll: Record<string, string | undefined> = {
      ...options.environment,
      ...settings.quiet,
      ...secrets.environment,
      HOOKWISE_DATA_DIR: settings.dataDir,
    };

    const database = postgresPart(settings, screen);
    const temporal = temporalPart(settings, screen, () => stopping !== null);
    const building = options.watch
      ? Promise.resolve()
      : buildConsole({ ...forAll, DATABASE_URL: database.url(), TEMPORAL_ADDRESS: temporal.address }, screen);
    building.catch(() => undefined);
    await Promise.all([
      database.part ? screen.during('Starting Postgres', () => keep(database.part as Part)) : undefined,
      temporal.part ? screen.during('Starting Temporal', () => keep(temporal.part as Part)) : undefined,
    ]);
    const environment = { ...forAll, DATABASE_URL: database.url(), TEMPORAL_ADDRESS: temporal.address };
    await prepare(environment, screen);
    await building;
    goOn();
    for (const plan of CHILDREN) {
      const part = childPart(plan, { environment, recordDir, watch: options.watch, onLine: say(plan.name) });
      if (part) await keep(part);
      else screen.say(`${plan.name} is left out: ${plan.entry} is not there yet.`);
    }
    if (
      !(await untilReady(
        readyProbes(config, secrets.environment.HOOKWISE_API_KEY),
        screen.say,
        () => stopping !== null,
      ))
    )
      return;
    for (const line of readyBanner(settings, secrets, temporal.uiUrl, ((Date.now() - began) / 1_000).toFixed(1)))
      screen.say(line);
    secrets.markShown();
    if (options.watch) watching = watchSources((name) => parts.get(name)?.restart());
  };

  const endAll = async () => {
    watching?.close();
    const began = Date.now();
    for (const name of STOP_ORDER) {
      const part = parts.get(name);
      if (!part) continue;
      const at = Date.now();
      await part.stop();
      screen.say(`Stopped ${name} (${((Date.now() - at) / 1_000).toFixed(1)} s).`);
    }
    await endEveryGroup();
    release();
    screen.say(`All stopped in ${((Date.now() - began) / 1_000).toFixed(1)} s.`);
  };

  let finish: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (finish = resolve));
  const stop = () => {
    stopping ??= endAll().finally(finish);
    return stopping;
  };
  const started = start().catch(async (error: unknown) => {
    if (error instanceof Stopped || stopping) return;
    await stop();
    throw error;
  });
  return {
    ended: started.then(() => stopped),
    stop,
    hurry: () => STOP_ORDER.forEach((name) => parts.get(name)?.hurry()),
  };
}

const STOPPING_MS = 10_000;

/** Another start may be just about to end, so its lock is waited for, but not for long. */
async function patientLock({ recordDir, dataDir }: StackSettings, screen: Screen): Promise<{ release: () => void }> {
  const began = Date.now();
  for (let tries = 0; ; tries += 1) {
    const lock = takeLock(join(recordDir, 'lock'));
    if ('release' in lock) return lock;
    if (tries === 0)
      screen.say(
        `Process ${lock.heldBy} uses the data folder ${dataDir}; waiting ${STOPPING_MS / 1_000} s in case it is about to end.`,
      );
    if (Date.now() - began > STOPPING_MS)
      throw new Error(
        `HookWise already runs with the data folder ${dataDir} (process ${lock.heldBy}). Stop it, or set HOOKWISE_DATA_DIR to another folder.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The data folder is ours alone while we run: leftovers of a killed start are ended, and taken ports named, before anything starts. */
async function claimDataFolder(settings: StackSettings, screen: Screen): Promise<() => void> {
  mkdirSync(settings.dataDir, { recursive: true });
  chmodSync(settings.dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  const lock = await patientLock(settings, screen);
  const left = await endLeftovers(settings.recordDir);
  if (left.length > 0) screen.say(`Ended what a killed start had left running: ${left.join(', ')}.`);
  const faults = await takenPorts(portsOf(settings.config));
  if (faults.length === 0) return lock.release;
  lock.release();
  throw new Error(['Nothing was started:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
}
