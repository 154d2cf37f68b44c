import { v7 as uuidv7 } from 'uuid';
import type { KeptSecret, KeptSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { createToken } from '../../../infra/crypto/tokens.ts';
import type { VerificationConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { BuiltConfig } from '../endpoints/build-config.ts';
import { invalid } from '../errors.ts';
import type { WantedSecret } from './desired.ts';

interface Kept {
  verification: readonly VerificationConfig[];
  secrets: KeptSecrets;
}

export interface SettledSecrets {
  built: BuiltConfig;
  /** Places of secrets that are other ones than before. */
  changes: string[];
}

/**
 * Puts the wanted secrets behind the verifiers of a built configuration. What is the same keeps its id, so that applying a
 * file again changes nothing; a bearer without any token gets a new one. Throws `invalid` where there is nothing to keep.
 */
export function settleSecrets(
  built: BuiltConfig,
  wanted: readonly (WantedSecret | null)[],
  kept: Kept,
): SettledSecrets {
  const left = kept.verification.filter((entry) => entry.type !== 'ip');
  const secrets: KeptSecrets = {};
  const changes: string[] = [];
  let token: string | null = null;

  const takeKnown = (entry: VerificationConfig, want: WantedSecret) => {
    const fitting = left.filter((known) => headerOf(known) === headerOf(entry));
    const same = want.keep ? undefined : fitting.find((known) => kept.secrets[known.secretId]?.value === want.value);
    const known = same ?? fitting[0];
    if (known) left.splice(left.indexOf(known), 1);
    return known;
  };

  const verification = built.config.verification.map((entry, index): VerificationConfig => {
    if (entry.type === 'ip') return entry;
    const want = wanted[index] ?? { keep: true };
    const known = takeKnown(entry, want);
    const before = known && kept.secrets[known.secretId];
    const secretId = known?.secretId ?? `${entry.type}-${uuidv7()}`;
    const secret = secretFor(entry, want, before, `verification.${index}`);
    if (secret !== before) {
      changes.push(`verification.${index}.${entry.type === 'bearer' ? 'token' : 'secret'}`);
      if (want.keep && entry.type === 'bearer') token = secret.value;
    }
    secrets[secretId] = secret;
    return { ...entry, secretId };
  });
  return { built: { config: { ...built.config, verification }, secrets, token }, changes };
}

function secretFor(
  entry: VerificationConfig,
  want: WantedSecret,
  before: KeptSecret | undefined,
  place: string,
): KeptSecret {
  if (before && (want.keep || before.value === want.value)) return before;
  if (!want.keep) return { value: want.value };
  if (entry.type === 'bearer' || want.orMake) return { value: createToken() };
  throw invalid([
    { path: `${place}.secret`, message: 'There is no secret to keep here: write ${NAME} or an encrypted value.' },
  ]);
}

function headerOf(entry: VerificationConfig): string {
  return entry.type === 'hmac' ? `hmac ${entry.header.toLowerCase()}` : entry.type;
}
