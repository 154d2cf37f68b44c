import { existsSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import pg from 'pg';
import { chosenConnection, ConfigError } from '../config/index.ts';
import { isConsoleBuilt } from './build-console.ts';
import { CHECKOUT, environment } from './checkout.ts';
import { cacheDir, temporalAtHand } from './find-temporal.ts';
import { isServing } from './grpc-health.ts';
import { holderOfLock } from './folder-lock.ts';
import { whatIsMissing } from './install.mjs';
import { takenPorts } from './ports.ts';
import { packagedBinaries } from './postgres-home.ts';
import { portsOf, readSettings, type StackSettings } from './settings.ts';

/** One thing the doctor looked at: good, worth knowing, or in the way of a start, with what to do about it. */
export interface Finding {
  level: 'good' | 'note' | 'fault';
  about: string;
  text: string;
}

const GIB = 2 ** 30;

/** Looks at everything a start needs and changes nothing. */
export async function diagnose(): Promise<Finding[]> {
  const findings: Finding[] = [good('Node', `${process.version}, ${process.platform}-${process.arch}`), packages()];
  let settings: StackSettings;
  try {
    settings = readSettings(environment);
    findings.push(
      good(
        'configuration',
        `read; tickets go to ${chosenConnection(settings.config) === 'desk' ? 'the built-in desk' : `ConnectWise at ${settings.config.CW_URL}`}`,
      ),
    );
  } catch (error) {
    const faults = error instanceof ConfigError ? error.faults : [String(error)];
    return [...findings, ...faults.map((text) => fault('configuration', text))];
  }
  const holder = holderOfLock(`${settings.recordDir}/lock`);
  findings.push(
    holder
      ? note('data folder', `${settings.dataDir}; HookWise runs with it now (process ${holder})`)
      : dataFolder(settings.dataDir),
  );
  findings.push(await postgres(settings), await temporal(settings), consoleBuild());
  if (!holder) findings.push(...(await ports(settings)));
  findings.push(memory(), await model(settings));
  return findings;
}

/** The findings as lines for a terminal. */
export function linesOf(findings: readonly Finding[]): string[] {
  const sign = { good: '✓', note: '·', fault: '✗' } as const;
  const faults = findings.filter(({ level }) => level === 'fault').length;
  return [
    ...findings.map(({ level, about, text }) => `${sign[level]} ${about}: ${text}`),
    faults === 0 ? 'Nothing is in the way of npm start.' : `${faults} in the way of npm start.`,
  ];
}

function packages(): Finding {
  const missing = whatIsMissing(CHECKOUT);
  return missing === null
    ? good('packages', 'as package-lock.json says')
    : fault('packages', `${missing}; npm start installs them`);
}

function dataFolder(dataDir: string): Finding {
  let place = dataDir;
  while (!existsSync(place)) place = dirname(place);
  const free = statfsSync(place);
  const gib = (free.bavail * free.bsize) / GIB;
  const text = `${dataDir}${existsSync(dataDir) ? '' : ' (made at the first start)'}, ${gib.toFixed(1)} GiB free`;
  return gib < 2 ? fault('data folder', `${text}: 2 GiB are needed`) : good('data folder', text);
}

async function postgres({ config }: StackSettings): Promise<Finding> {
  if (config.DATABASE_URL === null) {
    return packagedBinaries().then(
      (folder) => good('Postgres', `built in, from ${folder}`),
      (error: Error) => fault('Postgres', error.message),
    );
  }
  const client = new pg.Client({ connectionString: config.DATABASE_URL, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    const version = rows[0]?.version ?? 0;
    return version >= 150_000
      ? good('Postgres', `DATABASE_URL answers, version ${Math.floor(version / 10_000)}`)
      : fault('Postgres', 'DATABASE_URL is older than version 15');
  } catch (error) {
    return fault('Postgres', `DATABASE_URL does not answer: ${(error as Error).message}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function temporal({ config }: StackSettings): Promise<Finding> {
  if (config.TEMPORAL_ADDRESS !== null) {
    if (config.TEMPORAL_TLS || config.TEMPORAL_API_KEY !== null)
      return note('Temporal', `${config.TEMPORAL_ADDRESS} over TLS; not asked here`);
    const serves = await isServing(config.TEMPORAL_ADDRESS, 'temporal.api.workflowservice.v1.WorkflowService', 3_000);
    return serves
      ? good('Temporal', `${config.TEMPORAL_ADDRESS} serves`)
      : fault('Temporal', `TEMPORAL_ADDRESS ${config.TEMPORAL_ADDRESS} does not answer`);
  }
  const { cli } = temporalAtHand();
  if (cli) return good('Temporal', `built in, from ${cli}`);
  return note(
    'Temporal',
    `its CLI is fetched at the first start into ${cacheDir()}, by the SDK or by pip; without a network put "temporal" on PATH`,
  );
}

function consoleBuild(): Finding {
  return isConsoleBuilt()
    ? good('console', 'built from the present sources')
    : note('console', 'is built at the next start');
}

async function ports(settings: StackSettings): Promise<Finding[]> {
  const all = portsOf(settings.config);
  const faults = await takenPorts(all);
  return faults.length === 0
    ? [good('ports', `free: ${all.map(({ port }) => port).join(', ')}`)]
    : faults.map((text) => fault('ports', text));
}

function memory(): Finding {
  const gib = totalmem() / GIB;
  return gib < 2 ? note('memory', `${gib.toFixed(1)} GiB; 2 GiB are advised`) : good('memory', `${gib.toFixed(1)} GiB`);
}

async function model({ config }: StackSettings): Promise<Finding> {
  const server = new URL(config.LLM_URL ?? `${config.OLLAMA_HOST}/v1`);
  const address = `${server.origin}${server.pathname}`;
  try {
    const answer = await fetch(`${address}/models`, { signal: AbortSignal.timeout(3_000) });
    await answer.body?.cancel();
    return answer.ok
      ? good('language model', `${address} answers`)
      : note('language model', `${address} answers with status ${answer.status}`);
  } catch {
    return note('language model', `${address} is away; tickets are made without root causes`);
  }
}

const good = (about: string, text: string): Finding => ({ level: 'good', about, text });
const note = (about: string, text: string): Finding => ({ level: 'note', about, text });
const fault = (about: string, text: string): Finding => ({ level: 'fault', about, text });
