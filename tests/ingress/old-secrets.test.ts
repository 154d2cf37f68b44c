import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCipher } from '../../infra/crypto/cipher.ts';
import {
  openEndpointSecrets,
  rotatedSecret,
  sealEndpointSecrets,
  type KeptSecret,
  type KeptSecrets,
} from '../../infra/crypto/endpoint-secrets.ts';
import { createVerifiers } from '../../ingress/verifiers/index.ts';
import { HMAC } from './support/hmac.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const cipher = createCipher(randomBytes(32));

/** A secret that was replaced again and again, each time with so many seconds of overlap, all at `NOW`. */
const rotated = (first: string, ...steps: readonly (readonly [value: string, overlap: number])[]): KeptSecret =>
  steps.reduce<KeptSecret>(
    (before, [value, overlap]) => rotatedSecret(before, value, { oldUntil: inSeconds(overlap), now: NOW }),
    { value: first },
  );

/** What the verifiers say to a request so many seconds later, by a token or by a signature with a secret. */
function saying(secrets: KeptSecrets) {
  const kept = openEndpointSecrets(cipher, 'e', sealEndpointSecrets(cipher, 'e', secrets));
  const [bearer] = createVerifiers([{ type: 'bearer', secretId: 'one' }], kept);
  const [hmac] = createVerifiers([{ ...HMAC, secretId: 'one' }], kept);
  const rawBody = Buffer.from('{"a":1}');
  const request = { rawBody, clientIp: '127.0.0.1', now: 0 };
  return (value: string, seconds: number) => [
    bearer?.verify({ ...request, now: NOW + seconds * 1000, headers: { authorization: `Bearer ${value}` } }) ?? 'good',
    hmac?.verify({
      ...request,
      now: NOW + seconds * 1000,
      headers: { [HMAC.header.toLowerCase()]: createHmac('sha256', value).update(rawBody).digest('hex') },
    }) ?? 'good',
  ];
}
const GOOD = ['good', 'good'];
const BAD = ['invalid-bearer', 'invalid-signature'];

describe('a secret that was replaced', () => {
  it('opens until its own overlap ends, whatever came after it', () => {
    const say = saying({ one: rotated('first', ['second', 600], ['third', 60], ['fourth', 300]) });
    for (const seconds of [0, 59, 299, 599, 601]) {
      expect([seconds, say('first', seconds)]).toEqual([seconds, seconds < 600 ? GOOD : BAD]);
      expect([seconds, say('second', seconds)]).toEqual([seconds, seconds < 60 ? GOOD : BAD]);
      expect([seconds, say('third', seconds)]).toEqual([seconds, seconds < 300 ? GOOD : BAD]);
      expect([seconds, say('fourth', seconds)]).toEqual([seconds, GOOD]);
      expect([seconds, say('never', seconds)]).toEqual([seconds, BAD]);
    }
  });

  it('opens no more, nor any before it, once one was made without an overlap', () => {
    const before = rotated('first', ['second', 600]);
    const say = saying({ one: rotatedSecret(before, 'third', { oldUntil: null, now: NOW }) });
    expect([say('first', 0), say('second', 0), say('third', 0)]).toEqual([BAD, BAD, GOOD]);
  });

  it('is not kept beyond its overlap', () => {
    const before = rotated('first', ['second', 600]);
    const later = rotatedSecret(before, 'third', { oldUntil: inSeconds(900), now: NOW + 600_000 });
    expect(later.olds).toEqual([{ value: 'second', until: inSeconds(900) }]);
  });

  it('opens where it was kept before there could be several', () => {
    const earlier = { one: { value: 'new', old: 'old', oldUntil: inSeconds(60) } } as KeptSecrets;
    const say = saying(earlier);
    expect([say('new', 0), say('old', 59), say('old', 61)]).toEqual([GOOD, GOOD, BAD]);
  });
});
