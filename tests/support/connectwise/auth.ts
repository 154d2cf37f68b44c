import type { IncomingHttpHeaders } from 'node:http';
import { ApiFault, endpointMissing } from './errors.ts';
import type { Modes } from './faults.ts';
import type { Credentials } from './world.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Exactly `Basic base64(company+publicKey:privateKey)`, then a clientId that is a GUID and ours (facts §2). */
export function authenticate(headers: IncomingHttpHeaders, credentials: Credentials, modes: Readonly<Modes>): void {
  const given = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(headers.authorization ?? '')?.[1];
  const { company, publicKey, privateKey, clientId } = credentials;
  const decoded = given === undefined ? null : Buffer.from(given, 'base64').toString('utf8');
  if (decoded !== `${company}+${publicKey}:${privateKey}`) {
    if (modes.badKeysStatus === 404) throw endpointMissing();
    throw new ApiFault(401, { code: 'Unauthorized', message: 'Your authorization credentials are not valid.' });
  }
  const client = headers['clientid'];
  if (typeof client === 'string' && guid.test(client) && client.toLowerCase() === clientId.toLowerCase()) return;
  const message = client === undefined ? 'The clientId header is required.' : 'The clientId is not recognized.';
  const code = modes.missingClientIdStatus === 401 ? 'Unauthorized' : 'Security';
  throw new ApiFault(modes.missingClientIdStatus, { code, message, errors: null });
}

const pinned = /^application\/vnd\.connectwise\.com\+json\s*;\s*version=(\d{4}\.\d+)$/i;
const plain = new Set(['application/json', 'application/*', '*/*', 'application/vnd.connectwise.com+json']);

/** The content type to answer with: the pinned `version=YYYY.N` repeated, or plain JSON for the newest model. */
export function negotiate(accept: string | undefined): string {
  const wanted = (accept ?? '*/*').split(',').map((part) => part.trim());
  for (const one of wanted) {
    const version = pinned.exec(one)?.[1];
    if (version !== undefined) return `application/vnd.connectwise.com+json; version=${version}; charset=utf-8`;
  }
  if (!wanted.some((one) => plain.has((one.split(';')[0] ?? '').trim().toLowerCase()) && !one.includes('version=')))
    throw new ApiFault(406, { code: 'ConnectWiseApi', message: 'The requested representation is not available.' });
  return 'application/json; charset=utf-8';
}

export const newestVersion = '2025.1';
