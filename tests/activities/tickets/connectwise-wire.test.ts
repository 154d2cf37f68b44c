import { afterEach, describe, expect, it } from 'vitest';
import { connectwiseAddress } from '../../../activities/tickets/connectwise/address.ts';
import { retryAfterMs } from '../../../activities/tickets/connectwise/retry-after.ts';
import { answerJson, startOddServer, towards } from './connectwise-fixture.ts';
import { aDraft, aKey, faultOf } from './port-conformance.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function odd(...given: Parameters<typeof startOddServer>) {
  const server = await startOddServer(...given);
  const system = towards(server.url, { timeoutMs: 2_000 });
  ends.push(
    () => system.close(),
    () => server.stop(),
  );
  return { server, system };
}

const BOARD = [{ id: 3, name: 'Service Board' }];
const STATUSES = [
  { id: 7, name: 'New', defaultFlag: true },
  { id: 9, name: 'Closed', closedStatus: true },
];

describe('what is sent', () => {
  it('authenticates, names the client, pins the version, and asks under the usual path', async () => {
    const { server, system } = await odd((_request, response) => answerJson(response, 200, []));
    await system.findByKey('hw:abc');
    const [sent] = server.seen;
    expect(sent).toMatchObject({ method: 'GET', path: '/v4_6_release/apis/3.0/service/tickets' });
    expect(sent?.headers.authorization).toBe(`Basic ${btoa('hookwise+simPublicKey:simPrivateKey')}`);
    expect(sent?.headers['clientid']).toBe('5f1d9a30-77cb-4d0e-9c3b-2a64a7d1be10');
    expect(sent?.headers.accept).toBe('application/vnd.connectwise.com+json; version=2022.1');
    expect(sent?.query.get('conditions')).toBe('externalXRef="hw:abc"');
  });

  it('creates with ids of the board and its status, the key, and nothing that was not drafted', async () => {
    const { server, system } = await odd((request, response) => {
      if (request.path.endsWith('/boards')) return answerJson(response, 200, BOARD);
      if (request.path.endsWith('/statuses')) return answerJson(response, 200, STATUSES);
      answerJson(response, 201, {
        id: 42,
        summary: 's',
        status: { id: 7, name: 'New' },
        closedFlag: false,
        _info: { updatedBy: 'api' },
      });
    });
    expect(
      await system.create(
        aDraft({ summary: 's', description: 'd', companyId: 'ACME', priority: 'P1', severity: 'LOW' }),
        'hw:abc',
      ),
    ).toMatchObject({ id: '42', isOpen: true });
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual({
      summary: 's',
      recordType: 'ServiceTicket',
      board: { id: 3 },
      status: { id: 7 },
      company: { identifier: 'ACME' },
      priority: { name: 'P1' },
      severity: 'Low',
      initialDescription: 'd',
      externalXRef: 'hw:abc',
    });
  });

  it('sends exactly one flag with a note', async () => {
    const { server, system } = await odd((_request, response) => answerJson(response, 201, { id: 1 }));
    const cases = [
      [{ visibility: 'internal', purpose: 'update' }, 'internalAnalysisFlag'],
      [{ visibility: 'public', purpose: 'update' }, 'detailDescriptionFlag'],
      [{ visibility: 'internal', purpose: 'analysis' }, 'internalAnalysisFlag'],
      [{ visibility: 'internal', purpose: 'resolution' }, 'resolutionFlag'],
      [{ visibility: 'public', purpose: 'resolution' }, 'resolutionFlag'],
    ] as const;
    for (const [how, flag] of cases) {
      await system.addNote('5', { body: 'words', key: 'hn:k', ...how });
      expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual({ text: 'words\n\nref: hn:k', [flag]: true });
    }
  });

  it('patches the whole status by its id', async () => {
    const { server, system } = await odd((request, response) => {
      if (request.path.endsWith('/statuses')) return answerJson(response, 200, STATUSES);
      const isPatch = request.method === 'PATCH';
      answerJson(response, 200, {
        id: 5,
        board: { id: 3 },
        status: { id: isPatch ? 9 : 7, name: 'x' },
        closedFlag: isPatch,
      });
    });
    await system.setState('5', 'closed', null);
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual([{ op: 'replace', path: 'status', value: { id: 9 } }]);
  });

  it('escapes everything in the address and stays within a line of 2,000 characters', async () => {
    const { server, system } = await odd((request, response) =>
      answerJson(response, 200, request.path.endsWith('/boards') ? BOARD : []),
    );
    await system.findOpen(aDraft({ summary: `a&b=c+d#e ${'é😀'.repeat(30)}`, companyId: 'A&B' }));
    const sent = server.seen.at(-1);
    expect(sent?.query.get('conditions')).toContain('a&b=c+d#e');
    expect(`${sent?.path}?${sent?.query}`.length).toBeLessThan(2_000);
  });
});

describe('what comes back', () => {
  it('is read page by page, by our own address, whatever host the links name', async () => {
    const { server, system } = await odd((request, response) => {
      const page = Number(request.query.get('page'));
      const link =
        page < 3
          ? {
              link: '<http://elsewhere.invalid/x?page=9>; rel="next", <http://elsewhere.invalid/x?page=1>; rel="first"',
            }
          : { link: '<http://elsewhere.invalid/x>; rel="first"' };
      answerJson(response, 200, [{ id: page, name: `P${page}` }], link);
    });
    expect((await system.catalog('priorities', null)).map((item) => item.name)).toEqual(['P1', 'P2', 'P3']);
    expect(server.seen.map((request) => request.query.get('pageSize'))).toEqual(['1000', '1000', '1000']);
  });

  it('of a full page without links is followed by a next page', async () => {
    const { system } = await odd((request, response) => {
      const page = Number(request.query.get('page'));
      answerJson(
        response,
        200,
        Array.from({ length: page === 1 ? 1000 : 2 }, (_, at) => ({ id: page * 1000 + at, name: `P${page}-${at}` })),
      );
    });
    expect(await system.catalog('priorities', null)).toHaveLength(1002);
  });

  it('never leads to another address', async () => {
    const { server: other } = await odd((_request, response) => answerJson(response, 200, []));
    const { system } = await odd((_request, response) =>
      response.writeHead(302, { location: `${other.url}/stolen` }).end(),
    );
    expect(await faultOf(system.findByKey(aKey()))).toMatchObject({
      code: 'connection-refused-us',
      effect: 'none',
      status: 302,
    });
    expect(other.seen).toEqual([]);
  });

  it('names a time to wait as a date', async () => {
    const at = new Date(Date.now() + 20_000).toUTCString();
    const { system } = await odd((_request, response) =>
      answerJson(response, 429, { error: 'x', message: 'Too many' }, { 'retry-after': at }),
    );
    const error = await faultOf(system.findByKey(aKey()));
    expect(error.retryAfterMs).toBeGreaterThan(17_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(20_000);
  });

  it('of endless size is given up, as unknown for a write', async () => {
    const { system } = await odd((request, response) => {
      if (request.path.endsWith('/boards')) return answerJson(response, 200, BOARD);
      if (request.path.endsWith('/statuses')) return answerJson(response, 200, STATUSES);
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(1024 * 1024, 32);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await faultOf(system.get('5'))).toMatchObject({ code: 'unavailable', effect: 'none' });
    expect(await faultOf(system.create(aDraft(), aKey()))).toMatchObject({
      code: 'outcome-unknown',
      effect: 'unknown',
    });
  });

  it.each([
    ['no id', { summary: 'x' }],
    ['a list', []],
    ['a word', 'ok'],
    ['null', null],
  ])('of a create with %s is an unknown outcome', async (_what, body) => {
    const { system } = await odd((request, response) => {
      if (request.path.endsWith('/boards')) return answerJson(response, 200, BOARD);
      if (request.path.endsWith('/statuses')) return answerJson(response, 200, STATUSES);
      answerJson(response, 200, body);
    });
    expect(await faultOf(system.create(aDraft(), aKey()))).toMatchObject({
      code: 'outcome-unknown',
      effect: 'unknown',
    });
  });

  it('as a page is told by its words', async () => {
    const { system } = await odd((_request, response) =>
      response
        .writeHead(503, { 'content-type': 'text/html' })
        .end('<html><head><style>b{}</style><title>Down</title></head><body>for <b>maintenance</b></body></html>'),
    );
    expect((await faultOf(system.findByKey(aKey()))).message).toBe(
      'ConnectWise answered 503: (a web page) Down for maintenance',
    );
  });

  it('never puts a secret into an error, even where the server repeats what it was sent', async () => {
    const { system } = await odd((request, response) =>
      answerJson(response, 400, {
        message: `bad ${request.headers.authorization} ${request.headers['clientid'] as string}`,
      }),
    );
    const error = await faultOf(system.findByKey(aKey()));
    for (const secret of ['simPrivateKey', 'simPublicKey', '5f1d9a30', btoa('hookwise+simPublicKey:simPrivateKey')]) {
      expect(JSON.stringify([error.message, error.answer])).not.toContain(secret);
    }
  });
});

describe('a server that cannot be reached', () => {
  it.each([
    ['no such name', 'https://connectwise.invalid'],
    ['nobody listens', 'http://127.0.0.1:1'],
  ])('has no effect: %s', async (_why, url) => {
    const system = towards(url);
    ends.push(() => system.close());
    const note = { body: 'x', visibility: 'internal', purpose: 'update', key: 'hn:k' } as const;
    expect(await faultOf(system.addNote('5', note))).toMatchObject({
      code: 'unavailable',
      effect: 'none',
      status: null,
    });
  });

  it('has no effect where TLS fails', async () => {
    const { server } = await odd((_request, response) => answerJson(response, 200, []));
    const system = towards(server.url.replace('http:', 'https:'));
    ends.push(() => system.close());
    const note = { body: 'x', visibility: 'internal', purpose: 'update', key: 'hn:k' } as const;
    expect(await faultOf(system.addNote('5', note))).toMatchObject({ code: 'unavailable', effect: 'none' });
  });
});

describe('the address', () => {
  it.each([
    ['https://na.myconnectwise.net', 'https://api-na.myconnectwise.net', '/v4_6_release/apis/3.0'],
    [
      'https://api-eu.myconnectwise.net/v4_6_release/apis/3.0/',
      'https://api-eu.myconnectwise.net',
      '/v4_6_release/apis/3.0',
    ],
    ['https://cw.example.com/v2025_1', 'https://cw.example.com', '/v2025_1/apis/3.0'],
    ['http://127.0.0.1:8811/v4_6_release/apis/3.0', 'http://127.0.0.1:8811', '/v4_6_release/apis/3.0'],
    ['http://localhost:1', 'http://localhost:1', '/v4_6_release/apis/3.0'],
  ])('%s is %s', (written, origin, basePath) => {
    expect(connectwiseAddress(written, 'acme')).toMatchObject({ origin, basePath });
  });

  it('is refused without TLS anywhere but here', () => {
    expect(() => connectwiseAddress('http://cw.example.com', 'acme')).toThrow('CW_URL must begin with https://');
  });

  it('leads a person to the ticket at the login host', () => {
    expect(connectwiseAddress('https://na.myconnectwise.net', 'acme & co').ticketUrl('7')).toBe(
      'https://na.myconnectwise.net/v4_6_release/services/system_io/router/openrecord.rails?recordType=ServiceFv&recid=7&companyName=acme%20%26%20co',
    );
  });
});

describe('the time to wait', () => {
  it.each([
    ['12', '', 12_000],
    ['0', '', 0],
    ['', 'Please try again in 30 seconds.', 30_000],
    ['', 'no word of it', null],
    ['soon', '', null],
    ['999999', '', 600_000],
    ['Thu, 01 Jan 1970 00:00:10 GMT', '', 10_000],
  ])('of %j and %j is %j ms', (header, text, expected) => {
    expect(retryAfterMs(header, text, 0)).toBe(expected);
  });
});
