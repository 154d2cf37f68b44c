import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config/index.ts';
import { startBenchStack, type BenchStack } from './bench-stack.ts';
import { measureAccept } from './measure-accept.ts';
import { measureBlackHole } from './measure-black-hole.ts';
import { measureHeld } from './measure-held.ts';
import { measured, reportTable, type Measured } from './measured.ts';
import { measureHeartbeats } from './measure-heartbeats.ts';
import { measureSustained, measureStorm } from './measure-load.ts';
import { measureMemory } from './measure-memory.ts';
import { measurePlans } from './measure-plans.ts';
import { measureStart } from './measure-start.ts';
import { measureIdle, measureNewIncidents } from './measure-tickets.ts';
import { startSimulatorProcess, type SimulatorProcess } from './simulator-process.ts';

/** `npm run bench [-- words…]`: measures `npm start` as shipped; words choose sections (plans, start, idle, accept, sustained, storm, memory, new; black-hole, held, and heartbeats with their number, only when named). */
interface Section {
  name: string;
  /** With the ticket system's rate cap lifted, in a stack of its own. */
  isUncapped: boolean;
  /** Takes a quarter of an hour and more: only when named. */
  isLong?: true;
  run(stack: BenchStack, simulator: SimulatorProcess, say: (line: string) => void): Promise<Measured[]>;
}

const SECTIONS: readonly Section[] = [
  { name: 'start', isUncapped: false, run: measureStart },
  { name: 'idle', isUncapped: false, run: measureIdle },
  { name: 'accept', isUncapped: false, run: (stack, _, say) => measureAccept(stack, say) },
  { name: 'sustained', isUncapped: false, run: measureSustained },
  { name: 'storm', isUncapped: false, run: measureStorm },
  { name: 'memory', isUncapped: false, run: measureMemory },
  { name: 'black-hole', isUncapped: false, isLong: true, run: measureBlackHole },
  { name: 'new', isUncapped: true, run: measureNewIncidents },
  { name: 'held', isUncapped: true, isLong: true, run: measureHeld },
  {
    name: 'heartbeats',
    isUncapped: true,
    isLong: true,
    run: (stack, _, say) => measureHeartbeats(stack, say, words.map(Number).find(Number.isInteger)),
  },
];
const UNCAPPED = { PSA_CALLS_PER_SECOND: '10000' };
const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit', 'wal_level', 'wal_init_zero', 'shared_buffers'];

const words = process.argv.slice(2);
const chosen = SECTIONS.filter(({ name, isLong }) => (words.length === 0 ? !isLong : words.includes(name)));
const say = (line: string) => console.log(`  ${line}`);
const lines: Measured[] = [];
const settings: Record<string, string> = {
  machine: `${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  node: process.version,
};

if (words.length === 0 || words.includes('plans')) lines.push(...measurePlans());
for (const isUncapped of [false, true]) {
  const sections = chosen.filter((section) => section.isUncapped === isUncapped);
  if (sections.length > 0) await measureWith(sections, isUncapped ? UNCAPPED : {});
}
const folder = readConfig().HOOKWISE_DATA_DIR;
mkdirSync(folder, { recursive: true });
const file = join(folder, `bench-${new Date().toISOString().replaceAll(':', '-')}.json`);
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), settings, lines }, null, 2)}\n`);
console.log(
  `\n${Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}\n\n${reportTable(lines)}\n\nKept in ${file}.`,
);
process.exit(lines.length > 0 && lines.every(({ isMet }) => isMet !== false) ? 0 : 1);

async function measureWith(sections: readonly Section[], more: Record<string, string>): Promise<void> {
  const simulator = await startSimulatorProcess({ latencyMs: 20 });
  let stack: BenchStack | null = null;
  try {
    console.log(
      `\nnpm start${Object.entries(more)
        .map(([name, value]) => ` with ${name}=${value}`)
        .join('')}`,
    );
    stack = await startBenchStack(simulator, more, say);
    lines.push(
      measured('ready after', stack.readySeconds, 's', undefined, 'fresh data folder, the console built before'),
    );
    for (const name of DURABILITY)
      settings[name] ??= (await stack.pool.query<Record<string, string>>(`show ${name}`)).rows[0]?.[name] ?? '';
    for (const { name, run } of sections) {
      console.log(name);
      const found = await run(stack, simulator, say).catch((error: Error) => [
        measured(`${name}: ${error.message}`, Number.NaN, '', { atLeast: 0 }),
      ]);
      for (const one of found) lines.push(one);
      console.log(reportTable(found).replaceAll(/^/gm, '  '));
    }
  } finally {
    await stack?.stop();
    await simulator.stop();
  }
}
