import { expect, test } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import { anAlert, anUptimeKumaBody } from './a-plan.ts';
import type { Given } from './a-plan.ts';

const keyOf = (body: Json, given?: Given): string => anAlert(body, given).incidentKey;

test('open and close of one monitor share the key', () => {
  expect(keyOf(anUptimeKumaBody(0))).toBe(keyOf(anUptimeKumaBody(1)));
  expect(keyOf(anUptimeKumaBody())).toMatch(/^incident:11111111-1111-4111-8111-111111111111:[a-z0-9]{40}$/);
});

test('summaries that differ after the cut are two incidents', () => {
  const long = 'x'.repeat(120);
  expect(anAlert({ title: `${long}1` }).ticket.summary).toBe(anAlert({ title: `${long}2` }).ticket.summary);
  expect(keyOf({ title: `${long}1` })).not.toBe(keyOf({ title: `${long}2` }));
});

test('customers the body names are told apart, whatever the tenant map says', () => {
  const tenants = [{ tenant: '*', companyId: 'ONE' }];
  expect(keyOf({ title: 'T', Tenant: 'a' }, { input: { tenants } })).not.toBe(
    keyOf({ title: 'T', Tenant: 'b' }, { input: { tenants } }),
  );
  expect(keyOf({ title: 'T', Tenant: 'a' }, { input: { tenants } })).toBe(keyOf({ title: 'T', Tenant: 'a' }));
  expect(keyOf({ title: 'T', Tenant: 'a' })).not.toBe(keyOf({ title: 'T' }));
});

test('the summary alone has a digest for a close that names no customer', () => {
  expect(anAlert({ title: 'T', Tenant: 'a' }).summaryDigest).toBe(anAlert({ title: 'T' }).summaryDigest);
});

test('a company by routing, endpoint or environment does not move the incident', () => {
  const routed: Given = {
    ticketing: { companyId: 'OWN', routingRules: [{ path: 'title', pattern: 'T', overrides: { companyId: 'R' } }] },
  };
  expect(keyOf({ title: 'T' }, routed)).toBe(keyOf({ title: 'T' }));
});

test('request, time and message do not move the incident', () => {
  expect(keyOf({ title: 'T', msg: 'a' }, { input: { requestId: 'r2', receivedAt: '2027-01-01T00:00:00Z' } })).toBe(
    keyOf({ title: 'T', msg: 'b' }),
  );
});
