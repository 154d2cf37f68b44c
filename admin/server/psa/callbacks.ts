import { z } from 'zod';
import { chosenConnection } from '../../../infra/config/index.ts';
import { readCallbackState, wantCallbacks } from '../../../infra/database/psa-watch-store.ts';
import type { AdminContext } from '../context.ts';
import { VerbError } from '../errors.ts';
import { changing } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import type { CallbackView } from './callback-schemas.ts';

const PATIENCE_MS = 12_000;

/** How the callback at the ticket system stands. */
export const getCallbacks = defineVerb({
  name: 'psa.callbacks.get',
  role: 'viewer',
  input: z.object({}),
  run: (context): Promise<CallbackView> => readView(context),
});

/** Has the ticket system call us when a ticket changes, and answers how that went. Throws `unavailable` where no worker answers in time. */
export const registerCallbacks = defineVerb({
  name: 'psa.callbacks.register',
  role: 'admin',
  input: z.object({}),
  run: (context): Promise<CallbackView> => switchTo(context, true),
});

/** Removes our callback from the ticket system and registers no other until a person wants one. Throws as `registerCallbacks`. */
export const removeCallbacks = defineVerb({
  name: 'psa.callbacks.remove',
  role: 'admin',
  input: z.object({}),
  run: (context): Promise<CallbackView> => switchTo(context, false),
});

async function switchTo(context: VerbContext, isWanted: boolean): Promise<CallbackView> {
  const connection = chosenConnection(context.config);
  await changing(context, async ({ tx, audit }) => {
    await wantCallbacks(tx, connection, isWanted);
    await audit({ action: isWanted ? 'register' : 'remove', entity: 'psa-callback', entityId: connection });
  });
  try {
    const { keepCallbackNow } = await import('../../../infra/temporal/keep-callback.ts');
    await keepCallbackNow(await context.temporal(), new Date(Date.now() + PATIENCE_MS));
  } catch (cause) {
    const message = 'It is kept, but no worker answered in time: the ticket system is told within the hour.';
    throw new VerbError('unavailable', message, { cause });
  }
  return readView(context);
}

async function readView({ pool, config }: AdminContext): Promise<CallbackView> {
  const kept = await readCallbackState(pool, chosenConnection(config));
  return {
    wanted: kept.wanted,
    state: kept.state,
    url: kept.url,
    reason: kept.reason,
    checkedAt: kept.checkedAt?.toISOString() ?? null,
    hints: Number(kept.hints),
    hintedAt: kept.hintedAt?.toISOString() ?? null,
    sweptAt: kept.sweptAt?.toISOString() ?? null,
  };
}
