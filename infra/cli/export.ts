import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readPassphrase } from './passphrase-option.ts';
import { callRest } from './rest-client.ts';
import { runCommand } from './run-command.ts';

const USE =
  'npm run hookwise -- export [--file F] [--secrets keep|reference|encrypted] [--passphrase-file P] [--url U] [--api-key K]';

/** `export`: the whole configuration as YAML, to the file (for its owner alone) or to the standard output. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string', short: 'f' },
      secrets: { type: 'string' },
      'passphrase-file': { type: 'string' },
      url: { type: 'string' },
      'api-key': { type: 'string' },
    },
  });
  const passphrase = readPassphrase(values['passphrase-file']);
  const secrets = values.secrets ?? (values['passphrase-file'] === undefined ? 'keep' : 'encrypted');
  const access = { url: values.url, apiKey: values['api-key'] };
  const { text } =
    secrets === 'encrypted'
      ? await callRest(access, '/export', { secrets, passphrase })
      : await callRest(access, `/export?secrets=${encodeURIComponent(secrets)}`);
  if (values.file === undefined) process.stdout.write(text);
  else {
    writeFileSync(values.file, text, { mode: 0o600 });
    console.error(`Written to ${values.file}.`);
  }
  return 0;
}

await runCommand(USE, main);
