import type { VerificationConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { KeptSecret, KeptSecrets } from '../../infra/crypto/endpoint-secrets.ts';
import type { Verifier } from '../endpoint.ts';
import { createBearerVerifier } from './bearer.ts';
import { createHmacVerifier } from './hmac.ts';
import { createIpVerifier } from './ip.ts';
import type { VerifierKind, VerifierType } from './verifier-kind.ts';

/** Every kind of verifier, in the order in which they check. */
const VERIFIER_KINDS = {
  bearer: createBearerVerifier,
  hmac: createHmacVerifier,
  ip: createIpVerifier,
} as const satisfies { [T in VerifierType]: VerifierKind<T> };

const ORDER = Object.keys(VERIFIER_KINDS) as VerifierType[];

/** Compiles an endpoint's verification. Throws when an entry cannot be compiled: such an endpoint must take nothing. */
export function createVerifiers(verification: readonly VerificationConfig[], secrets: KeptSecrets): Verifier[] {
  const secretOf = (secretId: string): KeptSecret => {
    const secret = secrets[secretId];
    if (secret === undefined) throw new Error('A verifier names a secret that is not kept.');
    return secret;
  };
  const unknown = verification.filter(({ type }) => !ORDER.includes(type));
  if (unknown.length > 0) throw new Error('A verifier is of a kind that this version does not know.');
  return ORDER.flatMap((type) =>
    verification.filter((entry) => entry.type === type).map((entry) => compile(entry, secretOf)),
  );
}

function compile(entry: VerificationConfig, secretOf: (secretId: string) => KeptSecret): Verifier {
  const kind = VERIFIER_KINDS[entry.type] as VerifierKind<VerifierType>;
  return kind(entry, secretOf);
}
