import type { Client } from '@temporalio/client';
import { createAuth, type Auth } from '../../infra/auth/auth.ts';
import { authSecret } from '../../infra/auth/auth-secret.ts';
import { readConfig, type Config } from '../../infra/config/index.ts';
import { needed } from '../../infra/config/needed.ts';
import { createCipher, parseEncryptionKey, type Cipher } from '../../infra/crypto/cipher.ts';
import type { OrmHolder } from '../../infra/database/orm.ts';
import { createMaskingWords } from '../../infra/database/masking-words.ts';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import { createLogger, type Logger } from '../../infra/observability/logger.ts';
import { lazyOrm } from './orm.ts';
import { lazyTemporal } from './temporal.ts';
import { oidcSettings } from './users/oidc-settings.ts';
import { recordSignIn } from './users/record-sign-in.ts';

/** What every verb of this process works with. One per process, whatever bundle asks. */
export interface AdminContext {
  config: Config;
  pool: Pool;
  cipher: Cipher;
  /** The ORM and the entities it was made with: taken from here, never imported, since Next evaluates modules several times. */
  orm(): Promise<OrmHolder>;
  auth: Auth;
  /** The same with the OpenID Connect provider; null where it is away or not configured. */
  singleSignOn(): Promise<Auth | null>;
  logger: Logger;
  /** The one lazy connection to Temporal; rejects while Temporal cannot be reached. */
  temporal(): Promise<Client>;
  close(): Promise<void>;
}

const HOLDER = Symbol.for('hookwise.admin.context');
type Holder = typeof globalThis & { [HOLDER]?: AdminContext };

/** The process's context, made on the first call. Next evaluates a module once per bundle layer: hence the global holder. */
export function contextOf(): AdminContext {
  const holder = globalThis as Holder;
  return (holder[HOLDER] ??= createContext(readConfig()));
}

/** A context over `config`. Connects to nothing yet. Throws `ConfigError` for what the console cannot do without. */
export function createContext(config: Config): AdminContext {
  const databaseUrl = needed(config, 'DATABASE_URL');
  const encryptionKey = needed(config, 'ENCRYPTION_KEY');
  const pool = createPool(databaseUrl, { name: 'admin', max: 8, joinsByDay: true });
  const words = createMaskingWords();
  const following = words.follow(pool);
  const signIn = createAuth(
    {
      databaseUrl,
      baseUrl: config.ADMIN_URL,
      secret: authSecret(config.AUTH_SECRET, encryptionKey),
      record: (event) => recordSignIn(pool, event),
      newcomerRole: config.OIDC_ROLE,
    },
    oidcSettings(config),
  );
  const temporal = lazyTemporal(config);
  const orm = lazyOrm(databaseUrl);
  return {
    config,
    pool,
    cipher: createCipher(parseEncryptionKey(encryptionKey), config.ENCRYPTION_KEYS_OLD.map(parseEncryptionKey)),
    orm: orm.holder,
    auth: signIn.auth,
    singleSignOn: signIn.singleSignOn,
    logger: createLogger('admin', config.LOG_LEVEL, { maskingWords: words.current }),
    temporal: temporal.client,
    close: async () => {
      following.stop();
      await Promise.all([pool.end(), signIn.close(), temporal.close(), orm.close()]);
    },
  };
}
