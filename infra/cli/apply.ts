import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { environmentValues } from '../config/environment-values.ts';
import { readPassphrase } from './passphrase-option.ts';
import { callRest } from './rest-client.ts';
import { runCommand, WrongUse } from './run-command.ts';
import { planLines, type ShownPlan } from './show-plan.ts';

const USE =
  'npm run hookwise -- apply <file | -> [--dry-run] [--prune] [--passphrase-file P] [--confirm-identity] [--url U] [--api-key K]';
/** Secrets written by name; nothing else of the environment is read. */
const NAMED_SECRET = /\b(?:key|token|secret):\s*["']?\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** `apply <file>`: brings the configuration to what the file says, or with `--dry-run` only shows what would change. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      prune: { type: 'boolean', default: false },
      'passphrase-file': { type: 'string' },
      'confirm-identity': { type: 'boolean', default: false },
      url: { type: 'string' },
      'api-key': { type: 'string' },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new WrongUse('Which file? Give one.');
  const file = readFileSync(path === '-' ? 0 : path, 'utf8');
  const names = [...file.matchAll(NAMED_SECRET)].map(([, name = '']) => name);
  const answer = await callRest(
    { url: values.url, apiKey: values['api-key'] },
    `/apply?dryRun=${values['dry-run']}&prune=${values.prune}${values['confirm-identity'] ? '&confirm=identity' : ''}`,
    { file, values: environmentValues(names), passphrase: readPassphrase(values['passphrase-file']) },
    path,
  );
  console.log(planLines(answer.json() as ShownPlan).join('\n'));
  return 0;
}

await runCommand(USE, main);
