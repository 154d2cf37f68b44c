import type { CallbackBook } from './callbacks.ts';
import type { Catalog } from './catalog.ts';
import type { Faults } from './faults.ts';
import type { Recorder } from './record.ts';
import type { TicketStore } from './ticket-store.ts';

export type Credentials = { company: string; publicKey: string; privateKey: string; clientId: string };

export type Settings = {
  credentials: Credentials;
  /** The identifier of the API member the keys belong to: what `_info.updatedBy` says of our own writes. */
  member: string;
  callbackRetryMs: readonly number[];
  callbackTimeoutMs: number;
};

/** Everything one simulator holds; nothing is shared between two of them. */
export type World = {
  settings: Settings;
  now: () => number;
  catalog: Catalog;
  tickets: TicketStore;
  faults: Faults;
  record: Recorder;
  callbacks: CallbackBook;
  /** `http://host:port`, known once the server listens. */
  origin: string;
};
