import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

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

/** `send <webhook url>`: posts a body and prints what came back; fails when any answer is not 202. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { token: { type: 'string' }, secret: { type: 'string' }, count: { type: 'string', default: '1' } },
  });
  const [url, file] = positionals;
  const count = Number(values.count);
  if (url === undefined || !URL.canParse(url) || !Number.isInteger(count) || count < 1) {
    console.error('Use: npm run hookwise -- send <webhook url> [--token T] [--secret S] [--count N] [file | -]');
    return 2;
  }
  const body = file === undefined ? JSON.stringify(UPTIME_KUMA_DOWN) : readFileSync(file === '-' ? 0 : file, 'utf8');
  let bad = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const answer = await fetch(url, { method: 'POST', body, headers: headersFor(body, values) });
    if (answer.status !== 202) bad += 1;
    console.log(`${answer.status} ${await answer.text()}`);
  }
  return bad === 0 ? 0 : 1;
}

function headersFor(
  body: string,
  { token, secret }: { token?: string | undefined; secret?: string | undefined },
): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(secret === undefined
      ? {}
      : { 'X-HookWise-Signature': createHmac('sha256', secret).update(body).digest('hex') }),
  };
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`The webhook could not be sent: ${error.cause instanceof Error ? error.cause.message : error.message}`);
  return 1;
});
