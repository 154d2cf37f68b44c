import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand, WrongUse } from './run-command.ts';

interface Keys {
  token?: string | undefined;
  secret?: string | undefined;
}

const UPTIME_KUMA_DOWN = {
  heartbeat: {
    monitorID: 1,
    status: 0,
    time: '2026-01-01 10:00:00.000',
    msg: 'connect ECONNREFUSED 10.0.0.5:443',
    important: true,
    duration: 60,
    ping: null,
  },
  monitor: {
    id: 1,
    name: 'Web shop',
    type: 'http',
    url: 'https://shop.example.com',
    tags: [{ name: 'site', value: 'Berlin' }],
  },
  msg: '[Web shop] [Down] connect ECONNREFUSED 10.0.0.5:443',
};

const USE = 'npm run hookwise -- send <webhook url> [--token T] [--secret S] [--count N] [file | -]';

/** `send <webhook url>`: posts a body and prints what came back; fails when any answer is not 202. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { token: { type: 'string' }, secret: { type: 'string' }, count: { type: 'string', default: '1' } },
  });
  const [url, file] = positionals;
  const count = Number(values.count);
  if (url === undefined || !URL.canParse(url)) throw new WrongUse('Name the webhook URL to send to.');
  if (!Number.isInteger(count) || count < 1) throw new WrongUse('--count takes a whole number from 1.');
  const body = file === undefined ? JSON.stringify(UPTIME_KUMA_DOWN) : readFileSync(file === '-' ? 0 : file, 'utf8');
  let bad = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const answer = await post(url, body, values);
    if (answer === null) return 1;
    if (answer.status !== 202) bad += 1;
    console.log(`${answer.status} ${await answer.text()}`);
  }
  return bad === 0 ? 0 : 1;
}

/** The answer, or null when there is none; why is then said. */
async function post(url: string, body: string, keys: Keys): Promise<Response | null> {
  return fetch(url, { method: 'POST', body, headers: headersFor(body, keys) }).catch(({ message, cause }: Error) => {
    console.error(`The webhook could not be sent: ${cause instanceof Error ? cause.message || cause.name : message}`);
    return null;
  });
}

function headersFor(body: string, { token, secret }: Keys): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(secret === undefined
      ? {}
      : { 'X-HookWise-Signature': createHmac('sha256', secret).update(body).digest('hex') }),
  };
}

await runCommand(USE, main);
