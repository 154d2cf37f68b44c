import { uptimeKumaBody } from '../../../infra/recipes/uptime-kuma.ts';

/** The heart of what Uptime Kuma posts for a monitor that went down, as JSON text. */
export function sampleBody(): string {
  const { heartbeat, monitor, msg } = uptimeKumaBody({
    monitor: 'Web shop',
    status: 0,
    at: new Date(0),
    message: 'connect ECONNREFUSED',
  });
  return JSON.stringify({
    heartbeat: { status: heartbeat.status, msg: heartbeat.msg },
    monitor: { name: monitor.name },
    msg,
  });
}
