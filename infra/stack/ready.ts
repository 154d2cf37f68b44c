import type { Config } from '../config/index.ts';

/** What must answer before the whole is said to be ready: what the contract names, and the worker, so that the first alert does not wait. */
export function readyProbes(
  config: Config,
  apiKey: string,
): { what: string; url: string; headers: Record<string, string>; accepts: number[] }[] {
  const host =
    config.HOST === '0.0.0.0'
      ? '127.0.0.1'
      : config.HOST.includes(':')
        ? `[${config.HOST === '::' ? '::1' : config.HOST}]`
        : config.HOST;
  const redirected = config.FORCE_HTTPS ? [308] : [];
  const fenced = config.GUI_TRUSTED_IPS.length > 0 ? [403] : [];
  return [
    {
      what: 'the ingress',
      url: `http://${host}:${config.PORT}/health/ready`,
      headers: {},
      accepts: [200, ...redirected],
    },
    {
      what: 'the console',
      url: `http://${host}:${config.ADMIN_PORT}/api/v1/endpoints`,
      headers: { authorization: `Bearer ${Buffer.from(apiKey).toString('latin1')}` },
      accepts: [200, ...redirected, ...fenced],
    },
    {
      what: 'the worker',
      url: `http://${host}:${config.WORKER_METRICS_PORT}/health/ready`,
      headers: {},
      accepts: [200],
    },
  ];
}

/** Waits until every probe answers as it should. Says after a while what it waits for; `false` when `isOver` says so first. */
export async function untilReady(
  probes: ReturnType<typeof readyProbes>,
  say: (line: string) => void,
  isOver: () => boolean,
): Promise<boolean> {
  const began = Date.now();
  let sayAt = began + 10_000;
  for (;;) {
    const answers = await Promise.all(probes.map(async (probe) => ({ probe, answer: await ask(probe) })));
    const waiting = answers.filter(
      ({ probe, answer }) => !probe.accepts.some((status) => answer === `status ${status}`),
    );
    if (isOver()) return false;
    if (waiting.length === 0) return true;
    if (Date.now() > sayAt) {
      sayAt = Date.now() + 30_000;
      say(
        `Still waiting for ${waiting.map(({ probe, answer }) => `${probe.what} (${probe.url}: ${answer})`).join(' and ')}.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function ask({ url, headers }: { url: string; headers: Record<string, string> }): Promise<string> {
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return `status ${response.status}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'no connection';
  }
}
