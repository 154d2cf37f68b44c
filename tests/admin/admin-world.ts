import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Role } from '../../infra/auth/roles.ts';
import { readConfig } from '../../infra/config/index.ts';
import { createContext, type AdminContext } from '../../admin/server/context.ts';
import { VerbError } from '../../admin/server/errors.ts';
import { runVerb, type Verb } from '../../admin/server/verb.ts';
import { testDatabase } from '../support/postgres.ts';

/** A console without its pages: the verbs over a database of one's own. */
export interface AdminWorld {
  context: AdminContext;
  environment: Record<string, string>;
  /** Runs a verb as an actor of `role` (admin where not said). */
  run<S extends z.ZodType, O>(verb: Verb<S, O>, input: unknown, role?: Role): Promise<O>;
  /** The refusal that a verb answers. Fails when it does not refuse. */
  refusal<S extends z.ZodType, O>(verb: Verb<S, O>, input: unknown, role?: Role): Promise<VerbError>;
  close(): Promise<void>;
}

export async function anAdminWorld(more: Record<string, string> = {}): Promise<AdminWorld> {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'hookwise-admin-'));
  const environment = {
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    HOOKWISE_DATA_DIR: folder,
    HOOKWISE_API_KEY: 'a master key, whatever it is',
    HOOKWISE_ADMIN_EMAIL: 'First@example.com',
    HOOKWISE_ADMIN_PASSWORD: 'first password',
    PUBLIC_URL: 'https://hooks.example.com',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    LOG_LEVEL: 'error',
    ...more,
  };
  const context = createContext(readConfig(environment));
  const run: AdminWorld['run'] = (verb, input, role = 'admin') =>
    runVerb(
      verb,
      { ...context, actor: { via: 'api-key', id: 'test', name: 'test', role, company: null, sourceIp: '127.0.0.1' } },
      input,
    );
  return {
    context,
    environment,
    run,
    refusal: async (verb, input, role) => {
      const outcome = await run(verb, input, role).catch((error: unknown) => error);
      if (outcome instanceof VerbError) return outcome;
      throw new Error('The verb did not refuse.', { cause: outcome });
    },
    close: async () => {
      await context.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
