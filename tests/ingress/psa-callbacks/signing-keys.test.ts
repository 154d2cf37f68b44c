import { describe, expect, it } from 'vitest';
import { createHintWriter } from '../../../ingress/psa-callbacks/hint-writer.ts';
import { keyAddress } from '../../../ingress/psa-callbacks/key-address.ts';
import { createSigningKeys } from '../../../ingress/psa-callbacks/signing-keys.ts';

const ADDRESS = new URL('https://na.myconnectwise.net/v2025_1//system/callbackkey/index.rails?companyName=acme&id=1');

function world(answers: (string | Error)[]) {
  const asked: { url: string; redirect: unknown }[] = [];
  const at = { ms: 0, mayFetch: true };
  const keys = createSigningKeys({
    now: () => at.ms,
    mayFetch: () => at.mayFetch,
    fetch: async (url, init) => {
      asked.push({ url: String(url), redirect: init?.redirect });
      const answer = answers.shift() ?? new Error('nothing left');
      if (answer instanceof Error) throw answer;
      return new Response(answer);
    },
  });
  return { keys, asked, at };
}
const of = (key: string) => JSON.stringify({ signing_key: key });

describe('signing keys', () => {
  it('are fetched once for all who ask at once, and kept for an hour', async () => {
    const { keys, asked, at } = world([of('first-key'), of('second-key')]);
    expect(await Promise.all([keys.find(ADDRESS), keys.find(ADDRESS)])).toEqual(['first-key', 'first-key']);
    at.ms = 3_599_000;
    expect(await keys.find(ADDRESS)).toBe('first-key');
    expect(asked).toEqual([{ url: ADDRESS.href, redirect: 'error' }]);
    at.ms = 3_601_000;
    expect(await keys.find(ADDRESS)).toBe('second-key');
  });

  it('are asked for again where a signature does not fit, but not within a minute', async () => {
    const { keys, asked, at } = world([of('first-key'), of('second-key')]);
    await keys.find(ADDRESS);
    expect(await keys.findAgain(ADDRESS)).toBeNull();
    at.ms = 61_000;
    expect(await keys.findAgain(ADDRESS)).toBe('second-key');
    expect(await keys.find(ADDRESS)).toBe('second-key');
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['HTML', '<html>'],
    ['no key', '{}'],
    ['an empty key', of('')],
    ['a flood', of('x'.repeat(10_000))],
    ['nothing at all', new Error('away')],
  ])('that are %s are no key, and are asked for again after ten seconds', async (_, answer) => {
    const { keys, asked, at } = world([answer, of('good-key')]);
    expect(await keys.find(ADDRESS)).toBeNull();
    expect(await keys.find(ADDRESS)).toBeNull();
    expect(asked).toHaveLength(1);
    at.ms = 10_001;
    expect(await keys.find(ADDRESS)).toBe('good-key');
  });

  it('are not asked for when too many were', async () => {
    const { keys, asked, at } = world([of('first-key')]);
    at.mayFetch = false;
    expect(await keys.find(ADDRESS)).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('the address of a key', () => {
  const page = '/v2025_1//system/callbackkey/index.rails?companyName=Acme&id=1';
  const of = (psaUrl: string, keyUrl: string) => keyAddress(keyUrl, { psaUrl, company: 'acme' })?.href ?? null;

  it.each([
    ['https://api-na.myconnectwise.net/v4_6_release/apis/3.0', `https://na.myconnectwise.net${page}`],
    ['https://na.myconnectwise.net', `https://api-na.myconnectwise.net${page}`],
    ['https://cw.acme.com/v4_6_release/apis/3.0', `https://CW.acme.com${page}`],
  ])('of %s may be %s', (psaUrl, keyUrl) => expect(of(psaUrl, keyUrl)).not.toBeNull());

  it.each([
    ['https://api-na.myconnectwise.net', `https://eu.myconnectwise.net${page}`],
    ['https://api-na.myconnectwise.net', `https://na.myconnectwise.net.evil.com${page}`],
    ['https://api-na.myconnectwise.net', `https://na.myconnectwise.net:8443${page}`],
    ['https://api-na.myconnectwise.net', `http://na.myconnectwise.net${page}`],
    ['https://cw.acme.com', `https://api-cw.acme.com${page}`],
    ['https://cw.acme.com', `https://cw.acme.com${page}&companyname=other`],
    ['https://cw.acme.com', 'https://cw.acme.com/x/../internal?companyName=acme'],
    ['http://cw.acme.com', `http://cw.acme.com${page}`],
  ])('of %s is never %s', (psaUrl, keyUrl) => expect(of(psaUrl, keyUrl)).toBeNull());
});

describe('hints', () => {
  it('that come together are kept together, each told whether its ticket is known', async () => {
    const writes: string[][] = [];
    const { keep } = createHintWriter(async (ids) => (writes.push([...ids]), new Set(ids.filter((id) => id !== '3'))));
    expect(await Promise.all(['1', '2', '3', '2'].map(keep))).toEqual([true, true, false, true]);
    expect(writes.flat().toSorted()).toEqual(['1', '2', '3']);
    expect(writes.length).toBeLessThanOrEqual(2);
  });

  it('that could not be kept say so, and the next ones are tried', async () => {
    let isAway = true;
    const { keep } = createHintWriter(async (ids) => {
      if (isAway) throw new Error('away');
      return new Set(ids);
    });
    await expect(keep('1')).rejects.toThrow('away');
    isAway = false;
    expect(await keep('1')).toBe(true);
  });

  it('are refused when too many wait', async () => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const { keep } = createHintWriter(async (ids) => (await held, new Set(ids)));
    const kept = Array.from({ length: 5_000 }, (_, n) =>
      keep(String(n))
        .then(() => true)
        .catch(() => false),
    );
    go();
    const answers = await Promise.all(kept);
    expect(answers.filter(Boolean).length).toBeGreaterThan(0);
    expect(answers.filter((isKept) => !isKept).length).toBeGreaterThan(1_000);
  });
});
