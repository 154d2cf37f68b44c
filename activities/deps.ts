import type { Cipher } from '../infra/crypto/cipher.ts';
import type { Pool } from '../infra/database/pool.ts';
import type { Logger } from '../infra/observability/logger.ts';
import type { LanguageModel } from './analysis/language-model.ts';
import type { HeartbeatLine } from './heartbeats/heartbeat-line.ts';
import type { CallbackUrl } from './psa-callbacks/callback-url.ts';
import type { TicketSystem } from './tickets/ticket-system.ts';

/** What the worker's activities need; made once in `worker.ts`, replaced by fakes in tests. */
export interface ActivityDeps {
  pool: Pool;
  /** Opens and seals the bytes of webhooks that are replayed. */
  cipher: Cipher;
  logger: Logger;
  tickets: TicketSystem;
  /** The language model for root causes. */
  model: LanguageModel;
  /** Name of the connection that `tickets` speaks to. */
  connection: string;
  /** Other ticket systems that incidents may have tickets in from before, by connection; steps choose with `depsOf`. */
  elsewhere?: ReadonlyMap<string, TicketSystem>;
  /** Rings Temporal: the gate of a connection, and incidents by workflow id. */
  bells: Bells;
  /** Rings and lists the workflows of heartbeats. */
  heartbeats: HeartbeatLine;
  /** The ids of the running workflows of a type, as Temporal lists them; rejects when it does not answer in time. */
  running(type: string): Promise<Set<string>>;
  settings: TicketSettings;
}

export interface Bells {
  /** `now`: without waiting for the gate's next probe. */
  ringGate(connection: string, when?: 'next' | 'now'): Promise<void>;
  ringIncidents(keys: readonly string[]): Promise<void>;
}

/** What bounds heartbeats on the clock of the machine; neither holds where time is skipped. */
export interface HeartbeatSettings {
  /** How much before its deadline one is woken. */
  leadMs: number;
  /** Silences whose incidents are rung at once; those of a flood are rung by the dispatcher. */
  ringsPerSecond: number;
}

/** Rules of the ticket work that come from the environment. */
export interface TicketSettings {
  installation: string;
  lagBudgetMs: number;
  /** Days that webhooks are kept where no setting says otherwise. */
  retentionDays: number;
  /** How long a language model found well is not asked how it is. */
  modelFreshMs: number;
  heartbeats: HeartbeatSettings;
  /** Calls a second allowed to the ticket system; null means no cap. */
  callsPerSecond: number | null;
  /** Where the ticket system is to call us when a ticket changes; absent where nobody said. */
  callbackUrl?: CallbackUrl;
  /** What holds where neither a webhook nor its endpoint names it. */
  defaults: { defaultBoard: string; defaultCompanyId: string | null };
}
