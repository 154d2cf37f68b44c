import { keepCallbackState, readCallbackState, type CallbackState } from '../../infra/database/psa-watch-store.ts';
import type { CallbackEnd } from '../../workflows/contracts/psa-watch.ts';
import type { ActivityDeps } from '../deps.ts';
import { TicketSystemError, type CallbackRecord, type CallbackRegistry } from '../tickets/ticket-system.ts';

type Found = Pick<CallbackState, 'url' | 'recordId' | 'state' | 'reason'>;

/**
 * Brings the callback at the ticket system into the wanted state: one of ours at our address, or none. Repeatable. What the
 * ticket system answers is recorded, not thrown: without callbacks its lists are read all the same.
 */
export async function keepCallback(deps: ActivityDeps, now: string, signal: AbortSignal): Promise<CallbackEnd> {
  const { pool, connection, tickets } = deps;
  if (tickets.watch === undefined) return { state: 'off', reason: 'This ticket system needs no callbacks.' };
  const kept = await readCallbackState(pool, connection);
  const found = await settle(deps, tickets.watch.callbacks, kept, signal);
  await keepCallbackState(pool, connection, found, now);
  if (found.state === 'refused' || found.state === 'failed')
    deps.logger.warn(
      { state: found.state, reason: found.reason },
      'The callback of the ticket system is not registered',
    );
  return { state: found.state, reason: found.reason };
}

async function settle(
  deps: ActivityDeps,
  callbacks: CallbackRegistry,
  { wanted: isWanted, ...kept }: CallbackState,
  signal: AbortSignal,
): Promise<Found> {
  const at = deps.settings.callbackUrl ?? { url: null, why: 'No address for callbacks is set.' };
  const description = `HookWise ${deps.settings.installation}`;
  const url = isWanted ? at.url : null;
  if (isWanted && at.url === null && kept.url === null && kept.recordId === null)
    return { url: null, recordId: null, state: 'off', reason: at.why };
  try {
    const ours = (await callbacks.list(signal)).filter(
      (record) => record.description === description || (at.url !== null && record.url === at.url),
    );
    const good = ours.find((record) => record.isActive && record.url === url);
    for (const record of ours) if (record !== good) await callbacks.remove(record.id, signal);
    if (url === null) {
      const reason = !isWanted ? 'Switched off by a person.' : at.url === null ? at.why : null;
      return { url: null, recordId: null, state: 'off', reason };
    }
    const record = good ?? (await registerOrFind(callbacks, url, description, signal));
    return { url, recordId: record.id, state: 'registered', reason: null };
  } catch (error) {
    if (!(error instanceof TicketSystemError)) throw error;
    const isRefused = error.code === 'invalid' || error.status === 403;
    return { url, recordId: null, state: isRefused ? 'refused' : 'failed', reason: error.message };
  }
}

/** A request that got no answer, or another process, may have registered it meanwhile. */
async function registerOrFind(
  callbacks: CallbackRegistry,
  url: string,
  description: string,
  signal: AbortSignal,
): Promise<CallbackRecord> {
  try {
    return await callbacks.register(url, description, signal);
  } catch (error) {
    if (!(error instanceof TicketSystemError) || (error.code !== 'invalid' && error.effect === 'none')) throw error;
    const there = (await callbacks.list(signal)).find((record) => record.isActive && record.url === url);
    if (there === undefined) throw error;
    return there;
  }
}
