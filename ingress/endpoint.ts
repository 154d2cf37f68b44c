import type { IncomingHttpHeaders } from 'node:http';
import type { RefusalReason } from './refusal.ts';

/** What a verifier may look at. */
export interface VerifiedRequest {
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
  clientIp: string;
  /** Milliseconds since the epoch, for secrets that end. */
  now: number;
}

/** One check of a request. */
export interface Verifier {
  /** Whether it looks at the body, so that it cannot judge one over the limit. */
  needsBody: boolean;
  /** null when the request passes, else why not. Compares secrets in constant time and never throws for bad input. */
  verify(request: VerifiedRequest): RefusalReason | null;
}

/** An endpoint as the accept path needs it: compiled, with its secrets opened, never deleted. */
export interface LoadedEndpoint {
  id: string;
  shard: number;
  enabled: boolean;
  /** In the order of checks; all must pass. */
  verifiers: readonly Verifier[];
}
