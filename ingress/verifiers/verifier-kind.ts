import type { VerificationConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { KeptSecret } from '../../infra/crypto/endpoint-secrets.ts';
import type { Verifier } from '../endpoint.ts';

export type VerifierType = VerificationConfig['type'];
export type ConfigOf<T extends VerifierType> = Extract<VerificationConfig, { type: T }>;

/** Compiles one entry of an endpoint's verification. `secretOf` throws when the secret is not kept: the endpoint then takes nothing. */
export type VerifierKind<T extends VerifierType> = (
  config: ConfigOf<T>,
  secretOf: (secretId: string) => KeptSecret,
) => Verifier;
