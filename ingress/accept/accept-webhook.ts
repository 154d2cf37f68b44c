import type { IncomingHttpHeaders } from 'node:http';
import type { Cipher } from '../../infra/crypto/cipher.ts';
import { sha256 } from '../../infra/crypto/cipher.ts';
import { sealRaw } from '../../infra/crypto/webhook-raw.ts';
import { isEmptyPayload, parseJson, type JsonFault } from '../../infra/json.ts';
import { maskHeaders } from '../../workflows/domain/redaction.ts';
import { isJsonObject } from '../../workflows/domain/sender-number.ts';
import type { LoadedEndpoint } from '../endpoint.ts';
import { refused, type RefusalReason } from '../refusal.ts';
import type { InboxOutcome } from './outcome.ts';
import type { InboxWriter } from './inbox-writer.ts';

/** A request that passed every verifier. */
export interface VerifiedWebhook {
  requestId: string;
  endpoint: LoadedEndpoint;
  clientIp: string;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}

const JSON_TYPE = /^application\/(?:[\w!#$&^.+-]+\+)?json[ \t]*(?:;|$)/i;
const DELIVERY_HEADERS = ['idempotency-key', 'webhook-id', 'x-github-delivery'];

const FAULTS = {
  encoding: 'invalid-json',
  syntax: 'invalid-json',
  depth: 'json-too-deep',
  values: 'json-too-many-values',
} as const satisfies Record<JsonFault, RefusalReason>;

/** Checks the body's type and content, then hands it to the inbox, encrypted. Throws `Refused` for what cannot be a webhook. */
export function createAcceptWebhook(deps: {
  cipher: Cipher;
  inbox: InboxWriter;
  /** Names masked besides those always masked. */
  maskingWords(): readonly string[];
}): (webhook: VerifiedWebhook) => Promise<InboxOutcome> {
  const { cipher, inbox } = deps;
  return function acceptWebhook({ requestId, endpoint, clientIp, headers, rawBody }) {
    checkContent(headers, rawBody);
    return inbox.submit({
      id: requestId,
      endpointId: endpoint.id,
      shard: endpoint.shard,
      sourceIp: clientIp,
      headers: JSON.stringify(maskHeaders(headers, deps.maskingWords())),
      raw: sealRaw(cipher, { id: requestId, endpointId: endpoint.id }, rawBody),
      origin: 'http',
      replayOf: null,
      replayRules: null,
      deliveryDigest: deliveryDigest(headers),
    });
  };
}

function checkContent(headers: IncomingHttpHeaders, rawBody: Buffer): void {
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) throw refused('content-type');
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw refused('content-encoding');
  const parsed = parseJson(rawBody);
  if (!parsed.ok) throw refused(FAULTS[parsed.reason]);
  if (isEmptyPayload(parsed.value)) throw refused('no-payload');
  if (!Array.isArray(parsed.value) && !isJsonObject(parsed.value)) throw refused('not-object-or-array');
}

function deliveryDigest(headers: IncomingHttpHeaders): Buffer | null {
  for (const name of DELIVERY_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string' && value.trim() !== '') return sha256(value.trim());
  }
  return null;
}
