import { createStatements, MAX_ROWS, paddedSize, paddedValues, valuesList } from './multi-row.ts';
import type { Queryable } from './pool.ts';
import type { AlertKind } from '../../workflows/contracts/plan.ts';

export interface TextRow {
  id: string;
  /** Masked body as JSON text. */
  body: string;
  search: string;
  /** The plan as JSON text. */
  plan: string;
}

export interface AlertRow {
  webhookId: string;
  n: number;
  seq: number;
  endpointId: string;
  incidentId: string | null;
  kind: AlertKind;
  state: 'open' | 'held' | 'skipped' | 'failed';
  error: string | null;
  message: string;
  receivedAt: Date;
}

/** Writes the masked bodies and plans of a batch. */
export async function writeTexts(tx: Queryable, rows: readonly TextRow[]): Promise<void> {
  await insertRows(
    tx,
    'webhook_text',
    TEXT_COLUMNS,
    '',
    rows.map((row) => [row.id, row.body, row.search, row.plan]),
  );
}

/** Writes the alerts of a batch; skipped and failed ones are settled at once, held ones are not. */
export async function writeAlerts(tx: Queryable, rows: readonly AlertRow[]): Promise<void> {
  await insertRows(
    tx,
    'alert',
    ALERT_COLUMNS,
    `, settled, settled_at`,
    rows.map((row) => [
      row.webhookId,
      row.n,
      row.seq,
      row.endpointId,
      row.incidentId,
      row.kind,
      row.state,
      row.error,
      row.message,
      row.receivedAt,
    ]),
  );
}

type Columns = readonly (readonly [name: string, type: string])[];

const TEXT_COLUMNS: Columns = [
  ['id', 'uuid'],
  ['body', 'text'],
  ['search', 'text'],
  ['plan', 'jsonb'],
];
const ALERT_COLUMNS: Columns = [
  ['webhook_id', 'uuid'],
  ['n', 'integer'],
  ['seq', 'bigint'],
  ['endpoint_id', 'uuid'],
  ['incident_id', 'uuid'],
  ['kind', 'text'],
  ['state', 'text'],
  ['error', 'text'],
  ['message', 'text'],
  ['received_at', 'timestamptz'],
];
const SETTLED = `, state in ('skipped', 'failed'), case when state in ('skipped', 'failed') then clock_timestamp() end`;

const kept = createStatements();

async function insertRows(
  tx: Queryable,
  table: 'webhook_text' | 'alert',
  columns: Columns,
  more: string,
  rows: readonly unknown[][],
): Promise<void> {
  for (let from = 0; from < rows.length; from += MAX_ROWS) {
    const part = rows.slice(from, from + MAX_ROWS);
    const size = paddedSize(part.length);
    const names = columns.map(([name]) => name).join(', ');
    await tx.query({
      name: `insert-${table}-${size}`,
      text: kept(`${table} ${size}`, () => {
        const list = valuesList(
          size,
          columns.map(([, type]) => type),
        );
        return `insert into ${table} (${names}${more}) select ${names}${more === '' ? '' : SETTLED} from (values ${list}) v (${names}) where ${columns[0]?.[0]} is not null`;
      }),
      values: paddedValues(part, columns.length),
    });
  }
}
