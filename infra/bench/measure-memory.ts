import type { BenchStack } from './bench-stack.ts';
import { measured, type Measured } from './measured.ts';
import { residentMegabytes } from './process-cost.ts';

const PAGES = ['/', '/incidents', '/tickets'] as const;
const VISITS = 200;
const OURS = ['ingress', 'worker', 'admin'] as const;
const SERVERS = ['temporal', 'postgres'] as const;

/** Memory of every process after what went before and 200 pages of the console. Linux only: elsewhere nothing is measured. */
export async function measureMemory(stack: BenchStack): Promise<Measured[]> {
  if (process.platform !== 'linux') return [];
  const cookie = await signIn(stack);
  const statuses: Record<string, number> = {};
  for (let visit = 0; visit < VISITS; visit += 1) {
    const response = await fetch(`${stack.adminOrigin}${PAGES[visit % PAGES.length]}`, {
      headers: { cookie },
      redirect: 'manual',
    });
    await response.arrayBuffer();
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
  }
  const megabytes = new Map([...OURS, ...SERVERS].map((part) => [part, residentMegabytes(stack.pidOf(part))]));
  const sum = OURS.reduce((all, part) => all + (megabytes.get(part) ?? 0), 0);
  return [
    measured(
      'ingress with dispatcher, worker and console',
      sum,
      'MB',
      { atMost: 800 },
      `after ${VISITS} pages ${JSON.stringify(statuses)}`,
    ),
    ...[...megabytes].map(([part, value]) =>
      measured(
        `memory of ${part}`,
        value,
        'MB',
        undefined,
        part === 'postgres' ? 'its processes, shared pages once' : undefined,
      ),
    ),
  ];
}

async function signIn({ adminOrigin, signIn: { email, password } }: BenchStack): Promise<string> {
  const response = await fetch(`${adminOrigin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: adminOrigin },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok)
    throw new Error(`Signing in to the console was answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
