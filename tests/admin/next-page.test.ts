import { describe, expect, it } from 'vitest';
import { mayOpen, navOf, pageAt } from '../../admin/config/nav.ts';
import { nextPage, signInAddress } from '../../admin/lib/next-page.ts';

const CONSOLE = 'https://console.example';

describe('the page after signing in', () => {
  it.each(['/', '/history?status=failed&from=2026-01-01T00:00:00Z', '/incidents/1#notes', '/settings/account'])(
    'is %s when that was asked for',
    (path) => expect(nextPage(path)).toBe(path),
  );

  it('is asked for without what Next adds of its own', () => {
    expect(nextPage('/history?status=failed&_rsc=abc')).toBe('/history?status=failed');
  });

  it.each([
    null,
    undefined,
    '',
    'history',
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    String.raw`/\evil.example`,
    String.raw`\\evil.example`,
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/sign-in',
    '/api/auth/sign-out',
    '/health/live',
    `/${'x'.repeat(3_000)}`,
  ])('never leads away from the console: %j', (given) => {
    const next = nextPage(given);
    expect(new URL(next, CONSOLE).origin).toBe(CONSOLE);
    expect(next).toBe('/');
  });

  it('goes into the address of the sign-in page and out again', () => {
    const path = '/history?q=a%26b&status=failed';
    expect(nextPage(new URL(signInAddress(path), CONSOLE).searchParams.get('next'))).toBe(path);
    expect(signInAddress('/')).toBe('/sign-in');
  });
});

describe('the pages that somebody may open', () => {
  const viewer = { role: 'viewer', company: null } as const;
  const ofAcme = { role: 'operator', company: 'ACME' } as const;
  const labels = (who: typeof viewer | typeof ofAcme) => navOf(who).map(({ label }) => label);

  it('are by role, and by whether the page keeps to a company', () => {
    expect(labels(viewer)).not.toContain('Audit');
    expect(labels(viewer)).toEqual(expect.arrayContaining(['Live', 'Maintenance', 'Tenant map']));
    expect(mayOpen(viewer, '/endpoints/new')).toBe(false);
    expect(labels(ofAcme)).toEqual(expect.arrayContaining(['Endpoints', 'History', 'Heartbeats']));
    for (const label of ['Live', 'Maintenance', 'Tenant map', 'Audit']) expect(labels(ofAcme)).not.toContain(label);
    expect(mayOpen(ofAcme, '/settings/connections')).toBe(false);
  });

  it('are known by their addresses', () => {
    expect(pageAt('/audit?actor=x')?.label).toBe('Audit');
    expect(pageAt('/endpoints/new')?.label).toBe('New endpoint');
    expect(pageAt('/endpoints/0190/versions')?.href).toBe('/endpoints/[id]/versions');
    expect(pageAt('/nowhere')).toBeNull();
  });
});
