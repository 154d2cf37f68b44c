import { uptimeKumaBody } from '../recipes/uptime-kuma.ts';
import type { MadeEndpoint } from './rest-client.ts';

const WHOLE_BYTES = 1_600;

/** A whole Uptime Kuma body of 1.6 kB: what a monitor with a description and tags sends. */
export function wholeKumaBody(monitor: string, message: string): string {
  const body = uptimeKumaBody({ monitor, status: 0, at: new Date(), message });
  const tags = Array.from({ length: 4 }, (_, at) => ({
    id: at,
    tag_id: at,
    monitor_id: 1,
    value: `rack ${at}`,
    name: 'site',
    color: '#4B5563',
  }));
  const whole = { ...body, monitor: { ...body.monitor, tags } };
  const missing =
    WHOLE_BYTES - Buffer.byteLength(JSON.stringify({ ...whole, monitor: { ...whole.monitor, description: '' } }));
  const words = 'Front page of the shop behind both balancers; the on-call runbook is in the wiki. ';
  return JSON.stringify({
    ...whole,
    monitor: { ...whole.monitor, description: words.repeat(20).slice(0, Math.max(0, missing)) },
  });
}

/** Sends one alert that a new monitor is down. Throws where it is not accepted. */
export async function sendDown(origin: string, endpoint: MadeEndpoint, monitor: string): Promise<void> {
  const { url, headers } = loadTarget(origin, endpoint);
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: wholeKumaBody(monitor, 'down'),
  });
  const words = await response.text();
  if (response.status !== 202) throw new Error(`An alert was answered ${response.status}: ${words}`);
}

/** Where a load is sent to and with which headers. */
export function loadTarget(origin: string, endpoint: MadeEndpoint): { url: URL; headers: Record<string, string> } {
  return {
    url: new URL(new URL(endpoint.url).pathname, origin),
    headers: { authorization: `Bearer ${endpoint.token}` },
  };
}
