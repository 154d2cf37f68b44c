import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chosenConnection } from '../config/index.ts';
import { uptimeKumaBody } from '../recipes/uptime-kuma.ts';
import type { Secrets } from './secrets.ts';
import type { StackSettings } from './settings.ts';

/** What a person needs once everything is up: addresses, the first sign-in once, the ticket system, a line that makes a ticket. */
export function readyBanner(
  settings: StackSettings,
  secrets: Secrets,
  temporalUi: string | null,
  seconds: string,
): string[] {
  const { config, dataDir } = settings;
  const example = exampleEndpoint(dataDir);
  return [
    '',
    `HookWise is ready (${seconds} s).`,
    '',
    `  Webhooks         ${config.PUBLIC_URL}/webhook/<key>`,
    `  Console          ${config.ADMIN_URL}`,
    `  REST API         ${config.ADMIN_URL}/api/v1`,
    `  Temporal Web UI  ${temporalUi ?? `the one of ${config.TEMPORAL_ADDRESS}`}`,
    `  Tickets go to    ${chosenConnection(config) === 'desk' ? 'the built-in desk (set the CW_ variables for ConnectWise)' : `ConnectWise at ${config.CW_URL}`}`,
    `  Data             ${dataDir}`,
    ...signIn(settings, secrets),
    ...(example
      ? ['', 'Make a ticket with what Uptime Kuma sends when a monitor goes down:', '', `  ${curlLine(example)}`]
      : []),
    '',
    'Ctrl-C stops everything.',
    '',
  ];
}

function signIn({ config }: StackSettings, secrets: Secrets): string[] {
  if (secrets.toShow.length === 0) return [];
  return [
    '',
    `First sign-in, shown this once (kept in ${secrets.file}):`,
    ...(secrets.toShow.includes('HOOKWISE_ADMIN_PASSWORD')
      ? [`  E-mail    ${config.HOOKWISE_ADMIN_EMAIL}`, `  Password  ${secrets.environment.HOOKWISE_ADMIN_PASSWORD}`]
      : []),
    ...(secrets.toShow.includes('HOOKWISE_API_KEY') ? [`  API key   ${secrets.environment.HOOKWISE_API_KEY}`] : []),
  ];
}

function exampleEndpoint(dataDir: string): { url: string; token: string } | null {
  const file = join(dataDir, 'example-endpoint.json');
  if (!existsSync(file)) return null;
  const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return typeof url === 'string' && typeof token === 'string' ? { url, token } : null;
}

function curlLine({ url, token }: { url: string; token: string }): string {
  const body = JSON.stringify(
    uptimeKumaBody({ monitor: 'Web shop', status: 0, at: new Date(), message: 'connect ECONNREFUSED 203.0.113.7:443' }),
  );
  return `curl -sS '${url}' -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '${body.replaceAll("'", `'\\''`)}'`;
}
