import { uptimeKumaBody } from '../../../infra/recipes/uptime-kuma.ts';

/** A line for a terminal that posts the heart of what Uptime Kuma posts for a monitor that went down. */
export function curlLine({ url, token }: { url: string; token: string }): string {
  const { heartbeat, monitor, msg } = uptimeKumaBody({
    monitor: 'Web shop',
    status: 0,
    at: new Date(0),
    message: 'connect ECONNREFUSED',
  });
  const body = { heartbeat: { status: heartbeat.status, msg: heartbeat.msg }, monitor: { name: monitor.name }, msg };
  return [
    `curl -X POST '${url}'`,
    `-H 'Authorization: Bearer ${token}'`,
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify(body)}'`,
  ].join(' \\\n  ');
}
