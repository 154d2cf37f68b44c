import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { newApiKey } from '../../../infra/auth/new-api-key.ts';
import { actorLabel } from '../audit.ts';
import { invalid, notFound } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { changingEntities } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { presentApiKey } from './present.ts';
import { ApiKeyInput, ApiKeyQuery, type ApiKeyView, type NewApiKey } from './schemas.ts';

const missing = () => notFound('API key');

/** Every API key, revoked ones among them, the newest first. */
export const listApiKeys = defineVerb({
  name: 'api-key.list',
  role: 'admin',
  input: z.object({ query: ApiKeyQuery }),
  run: async (context, { query: { limit, cursor } }) => {
    const before = cursor === undefined ? null : decodeCursor(cursor, 1)?.[0];
    if (before === undefined || (before !== null && !IdInput.safeParse(before).success))
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const { orm, entities } = await context.orm();
    const found = await orm.em.fork().find(entities.ApiKey, before === null ? {} : { id: { $lt: before } }, {
      orderBy: { id: 'desc' },
      limit: limit + 1,
    });
    return toPage(found, limit, presentApiKey, ({ id }) => [id]);
  },
});

export const getApiKey = defineVerb({
  name: 'api-key.get',
  role: 'admin',
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<ApiKeyView> => {
    const { orm, entities } = await context.orm();
    return presentApiKey(await orm.em.fork().findOneOrFail(entities.ApiKey, { id }, { failHandler: missing }));
  },
});

/** A new API key. The answer alone tells the key; its digest is kept. */
export const createApiKey = defineVerb({
  name: 'api-key.create',
  role: 'admin',
  input: z.object({ body: ApiKeyInput }),
  run: (context, { body }): Promise<NewApiKey> =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const { key, digest, prefix } = newApiKey();
      const made = em.create(entities.ApiKey, {
        id: uuidv7(),
        ...body,
        digest,
        prefix,
        createdAt: new Date(),
        createdBy: actorLabel(context.actor),
      });
      const { name, role, scopes, company } = body;
      const after = { name, prefix, role, scopes, company, expiresAt: body.expiresAt?.toISOString() ?? null };
      audit({ action: 'create', entity: 'api-key', entityId: made.id, after });
      await em.flush();
      return { ...presentApiKey(made), key };
    }),
});

/** Ends an API key at once; its row stays, so that the audit can be read. Revoking twice changes nothing. */
export const revokeApiKey = defineVerb({
  name: 'api-key.revoke',
  role: 'admin',
  input: z.object({ id: IdInput }),
  run: (context, { id }): Promise<void> =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const key = await em.findOneOrFail(entities.ApiKey, { id }, { failHandler: missing });
      if (key.revokedAt) return;
      key.revokedAt = new Date();
      audit({ action: 'revoke', entity: 'api-key', entityId: id, before: { name: key.name, prefix: key.prefix } });
    }),
});
