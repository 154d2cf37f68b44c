import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from '../../infra/observability/logger.ts';
import { cutUnits } from '../../workflows/domain/json-text.ts';
import { maskHeaders } from '../../workflows/domain/redaction.ts';
import { maskedExcerpt } from './masked-excerpt.ts';
import { classifyFault } from './write-fault.ts';

/** A row of `refusal`: at most 4 kB of text, masked. */
export interface RefusalRow {
  id: string;
  endpointId: string;
  at: Date;
  sourceIp: string;
  status: number;
  reason: string;
  message: string;
  headers: string;
  body: string;
}

/** A refusal at a known endpoint, as it happened. */
export interface RefusalEvent {
  requestId: string;
  endpointId: string;
  clientIp: string;
  status: number;
  reason: string;
  message: string;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}

export interface RefusalLimits {
  /** Rows a minute for each endpoint and reason: every kind of refusal is seen, however often another one comes. */
  perMinute: number;
  /** Rows that wait to be written; what comes when they are full is only counted. */
  waiting: number;
}

export const REFUSAL_LIMITS: RefusalLimits = { perMinute: 10, waiting: 1_000 };

export interface RefusalLog {
  /** Keeps the refusal for history, within the limits. Never throws and waits for nothing. */
  note(event: RefusalEvent): void;
  /** Writes what waits. Rejects when it could not be written; it waits on. */
  flush(): Promise<void>;
}

const MINUTE_MS = 60_000;
const HEADERS_LIMIT = 900;
const ROWS_PER_WRITE = 200;

/** Collects refusals for the history, written in the background by `flush`. */
export function createRefusalLog(deps: {
  write(rows: readonly RefusalRow[]): Promise<void>;
  log: Logger;
  now(): number;
  limits: RefusalLimits;
  /** Names masked besides those always masked. */
  maskingWords(): readonly string[];
}): RefusalLog {
  const { limits, now, log } = deps;
  const waiting: RefusalRow[] = [];
  let kept = new Map<string, number>();
  let minute = 0;

  const mayKeep = ({ endpointId, reason }: RefusalEvent): boolean => {
    const name = `${endpointId} ${reason}`;
    const present = Math.floor(now() / MINUTE_MS);
    if (present !== minute) kept = new Map();
    minute = present;
    const count = kept.get(name) ?? 0;
    if (count >= limits.perMinute || waiting.length >= limits.waiting) return false;
    kept.set(name, count + 1);
    return true;
  };

  return {
    note(event) {
      if (!mayKeep(event)) return;
      try {
        waiting.push(rowOf(event, new Date(now()), deps.maskingWords()));
      } catch (error) {
        log.error({ err: error, requestId: event.requestId }, 'A refusal could not be kept');
      }
    },
    async flush() {
      while (waiting.length > 0) {
        const rows = waiting.slice(0, ROWS_PER_WRITE);
        await deps.write(rows).catch((error: unknown) => {
          if (classifyFault(error) !== 'data') throw error;
          log.error({ err: error, rows: rows.length }, 'Refusals that cannot be stored were dropped');
        });
        waiting.splice(0, rows.length);
      }
    },
  };
}

function rowOf(event: RefusalEvent, at: Date, words: readonly string[]): RefusalRow {
  return {
    id: event.requestId,
    endpointId: event.endpointId,
    at,
    sourceIp: event.clientIp,
    status: event.status,
    reason: event.reason,
    message: event.message,
    headers: headersText(event.headers, words),
    body: maskedExcerpt(event.rawBody, words),
  };
}

/** JSON text of the masked headers; long values are cut, and headers that no longer fit are left out. */
function headersText(headers: IncomingHttpHeaders, words: readonly string[]): string {
  const kept: Record<string, string> = {};
  let size = 2;
  for (const [name, value] of Object.entries(maskHeaders(headers, words))) {
    const text = cutUnits(String(value), 200);
    size += JSON.stringify(name).length + JSON.stringify(text).length + 2;
    if (size > HEADERS_LIMIT) break;
    kept[name] = text;
  }
  return JSON.stringify(kept);
}
