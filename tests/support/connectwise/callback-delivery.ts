import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { CallbackAction, CallbackRow } from './callbacks.ts';
import { presentTicket } from './ticket-rules.ts';
import type { StoredTicket } from './ticket-store.ts';
import type { World } from './world.ts';

export type Delivery = {
  callbackId: number;
  ticketId: number;
  action: CallbackAction;
  url: string;
  /** The status of every try in order; null where no answer came within the time-out. */
  statuses: (number | null)[];
  isDone: boolean;
};

const retried = new Set([404, 409, 419, 429]);
const disableAfterMs = 3 * 24 * 3600 * 1000;

/** Base64 of HMAC-SHA256 over the raw body, keyed with the SHA-256 of the signing key (facts §9). */
export const contentSignature = (body: string, signingKey: string): string =>
  createHmac('sha256', createHash('sha256').update(signingKey).digest()).update(body).digest('base64');

/** Posts signed payloads: two more tries after 404, 409, 419 and 429 only; three days of failure disable the callback. */
export function createDeliverer(getWorld: () => World, key: { keyId: string; signingKey: string }) {
  const deliveries: Delivery[] = [];
  const failingSinceMs = new Map<number, number>();
  const running = new Set<Promise<void>>();
  let heldBack: (() => void) | null = null;

  function send(row: CallbackRow, action: CallbackAction, ticket: StoredTicket, member: string): void {
    const world = getWorld();
    const body = JSON.stringify(payload(world, row, action, ticket, member, key.keyId));
    const mode = world.faults.modes.callbackDelivery;
    if (mode === 'drop') return;
    const start = () => {
      const delivery: Delivery = {
        callbackId: row.id,
        ticketId: ticket.row.id,
        action,
        url: `${row.url}${ticket.row.id}&action=${action}`,
        statuses: [],
        isDone: false,
      };
      deliveries.push(delivery);
      track(deliver(world, row, delivery, body, mode === 'bad-signature'));
    };
    if (mode === 'reorder' && heldBack === null) {
      heldBack = start;
      return;
    }
    start();
    if (mode === 'duplicate') start();
    heldBack?.();
    heldBack = null;
  }

  function track(work: Promise<void>): void {
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  async function deliver(
    world: World,
    row: CallbackRow,
    delivery: Delivery,
    body: string,
    spoil: boolean,
  ): Promise<void> {
    const signature = contentSignature(spoil ? `${body} ` : body, key.signingKey);
    const { callbackRetryMs, callbackTimeoutMs } = world.settings;
    for (let attempt = 0; attempt <= callbackRetryMs.length; attempt += 1) {
      const status = await post(delivery.url, body, signature, callbackTimeoutMs);
      delivery.statuses.push(status);
      if (status !== null && status >= 200 && status < 300) {
        failingSinceMs.delete(row.id);
        break;
      }
      const wait = callbackRetryMs[attempt];
      if (wait === undefined || status === null || !retried.has(status)) {
        noteFailure(world, row);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, wait).unref());
    }
    delivery.isDone = true;
  }

  function noteFailure(world: World, row: CallbackRow): void {
    const since = failingSinceMs.get(row.id);
    if (since === undefined) failingSinceMs.set(row.id, world.now());
    else if (world.now() - since >= disableAfterMs) row.inactiveFlag = true;
  }

  return {
    send,
    deliveries,
    settled: async (): Promise<void> => void (await Promise.all(running)),
    reset(): void {
      deliveries.length = 0;
      failingSinceMs.clear();
      heldBack = null;
    },
  };
}

function payload(
  world: World,
  row: CallbackRow,
  action: CallbackAction,
  ticket: StoredTicket,
  member: string,
  keyId: string,
) {
  const { company } = world.settings.credentials;
  const { codebase } = world.faults.modes;
  return {
    MessageId: randomUUID(),
    FromUrl: new URL(world.origin).host,
    CompanyId: company,
    MemberId: member,
    Action: action,
    Type: 'ticket',
    ID: ticket.row.id,
    ProductInstanceId: null,
    PartnerId: null,
    Entity: action === 'deleted' ? null : JSON.stringify(presentTicket(world, ticket.row)),
    Metadata: {
      key_url: `${world.origin}/${codebase}//system/callbackkey/index.rails?companyName=${company}&id=${keyId}`,
    },
    CallbackObjectRecId: row.id,
  };
}

async function post(url: string, body: string, signature: string, timeoutMs: number): Promise<number | null> {
  try {
    const headers = { 'content-type': 'application/json', 'x-content-signature': signature };
    const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(timeoutMs) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}
