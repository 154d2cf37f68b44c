import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { callRest } from './rest-client.ts';
import { runCommand, WrongUse } from './run-command.ts';
import { planLines, type ShownPlan } from './show-plan.ts';

const USE =
  'npm run hookwise -- import <backup.json | -> [--fernet-key K] [--apply] [--confirm-identity] [--url U] [--api-key K]';

/** `import <backup>`: shows what a backup of HookWise would become, and with `--apply` carries it over. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'fernet-key': { type: 'string' },
      apply: { type: 'boolean', default: false },
      'confirm-identity': { type: 'boolean', default: false },
      url: { type: 'string' },
      'api-key': { type: 'string' },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new WrongUse('Which backup? Give one file.');
  const backup = readFileSync(path === '-' ? 0 : path, 'utf8');
  const answer = await callRest(
    { url: values.url, apiKey: values['api-key'] },
    `/import/hookwise?apply=${values.apply}${values['confirm-identity'] ? '&confirm=identity' : ''}`,
    { backup, fernetKey: values['fernet-key'] ?? null },
    path,
  );
  const plan = answer.json() as ShownPlan;
  console.log(planLines(plan).join('\n'));
  if (plan.dryRun && plan.changed > 0) console.log('This was a preview: add --apply to do it.');
  return 0;
}

await runCommand(USE, main);
