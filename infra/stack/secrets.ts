import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface KeptSecrets {
  encryptionKey?: string;
  /** Digest of the key the data were begun with, where that was given from outside and so is not kept. */
  encryptionKeyDigest?: string;
  apiKey?: string;
  adminPassword?: string;
  /** Whether the made sign-in was shown to a person. */
  shown?: boolean;
}

export interface Secrets {
  /** What the children get in their environment. */
  environment: {
    ENCRYPTION_KEY: string;
    ENCRYPTION_KEYS_OLD: string;
    HOOKWISE_API_KEY: string;
    HOOKWISE_ADMIN_PASSWORD: string;
  };
  file: string;
  /** Names of what was made here and not yet shown. */
  toShow: readonly ('HOOKWISE_API_KEY' | 'HOOKWISE_ADMIN_PASSWORD')[];
  markShown(): void;
}

/**
 * The secrets of an all-in-one: what the environment gives, else what the data folder keeps, else made now and kept there
 * for the owner alone. Throws when the data were begun with a given encryption key that is not given any more.
 */
export function readSecrets(
  dataDir: string,
  given: Record<string, string | undefined>,
  say: (line: string) => void,
): Secrets {
  const file = join(dataDir, 'secrets.json');
  const kept: KeptSecrets = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KeptSecrets) : {};
  const asked = (name: string) => given[name]?.trim() || null;
  const save = () => {
    writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const keys = encryptionKeys(kept, asked('ENCRYPTION_KEY'), asked('ENCRYPTION_KEYS_OLD') ?? '', file, say);
  const apiKey = asked('HOOKWISE_API_KEY') ?? (kept.apiKey ??= `hw_${randomBytes(24).toString('base64url')}`);
  const password = asked('HOOKWISE_ADMIN_PASSWORD') ?? (kept.adminPassword ??= randomBytes(12).toString('base64url'));
  save();
  const made = [
    asked('HOOKWISE_API_KEY') ? [] : ['HOOKWISE_API_KEY' as const],
    asked('HOOKWISE_ADMIN_PASSWORD') ? [] : ['HOOKWISE_ADMIN_PASSWORD' as const],
  ].flat();
  return {
    environment: { ...keys, HOOKWISE_API_KEY: apiKey, HOOKWISE_ADMIN_PASSWORD: password },
    file,
    toShow: kept.shown ? [] : made,
    markShown() {
      kept.shown = true;
      save();
    },
  };
}

function encryptionKeys(
  kept: KeptSecrets,
  given: string | null,
  old: string,
  file: string,
  say: (line: string) => void,
) {
  if (given === null) {
    if (!kept.encryptionKey && kept.encryptionKeyDigest) {
      throw new Error(
        'The data of this folder were begun with an ENCRYPTION_KEY given from outside, and none is given now: give the same one again.',
      );
    }
    kept.encryptionKey ??= randomBytes(32).toString('base64url');
    return { ENCRYPTION_KEY: kept.encryptionKey, ENCRYPTION_KEYS_OLD: old };
  }
  const digest = createHash('sha256').update(given).digest('hex');
  if (kept.encryptionKey && kept.encryptionKey !== given) {
    say(`ENCRYPTION_KEY is given; what was encrypted with the key kept in ${file} stays readable.`);
    return { ENCRYPTION_KEY: given, ENCRYPTION_KEYS_OLD: [old, kept.encryptionKey].filter(Boolean).join(',') };
  }
  if (!kept.encryptionKey && kept.encryptionKeyDigest && kept.encryptionKeyDigest !== digest && old === '') {
    say(
      'ENCRYPTION_KEY differs from the one the data were begun with: give that one in ENCRYPTION_KEYS_OLD, or older webhooks cannot be read.',
    );
  }
  if (!kept.encryptionKey) kept.encryptionKeyDigest ??= digest;
  return { ENCRYPTION_KEY: given, ENCRYPTION_KEYS_OLD: old };
}
