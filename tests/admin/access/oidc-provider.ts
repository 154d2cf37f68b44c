import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who the provider says is there. */
export interface OidcPerson {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

/** A small OpenID Connect provider: the person in `person` is signed in there and agrees to everything. */
export interface OidcProvider {
  issuer: string;
  person: OidcPerson;
  /** Signs with a key that is not published. */
  forges: boolean;
  close(): Promise<void>;
}

export async function startOidcProvider(person: OidcPerson): Promise<OidcProvider> {
  const [good, bad] = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ];
  const codes = new Map<string, URLSearchParams>();
  const provider: OidcProvider = { issuer: '', person, forges: false, close: () => Promise.resolve() };
  const idToken = (asked: URLSearchParams): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...provider.person,
      iss: provider.issuer,
      aud: asked.get('client_id'),
      nonce: asked.get('nonce') ?? undefined,
      iat: now,
      exp: now + 300,
    };
    const text = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, claims].map(encoded).join('.');
    const key = provider.forges ? bad.privateKey : good.privateKey;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
  };
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', provider.issuer);
      const json = (value: unknown, status = 200): void =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      if (url.pathname === '/.well-known/openid-configuration') return json(description(provider.issuer));
      if (url.pathname === '/keys')
        return json({ keys: [{ ...good.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] });
      if (url.pathname === '/authorize') {
        const code = randomUUID();
        codes.set(code, url.searchParams);
        const back = new URL(url.searchParams.get('redirect_uri') ?? '');
        back.searchParams.set('code', code);
        back.searchParams.set('state', url.searchParams.get('state') ?? '');
        return void response.writeHead(302, { location: back.href }).end();
      }
      if (url.pathname !== '/token') return json({}, 404);
      const form = new URLSearchParams(await bodyOf(request));
      const asked = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (!asked || proof !== asked.get('code_challenge')) return json({ error: 'invalid_grant' }, 400);
      return json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken(asked) });
    })();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider.close = async () => {
    server.closeAllConnections();
    await new Promise((done) => void server.close(done));
  };
  return provider;
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function description(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
