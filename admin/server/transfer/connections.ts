import { z } from 'zod';
import { chosenConnection, type Config } from '../../../infra/config/index.ts';

const value = z.union([z.string(), z.number(), z.null()], 'must be a text or a number').optional();

const CONNECTWISE = {
  url: 'CW_URL',
  company: 'CW_COMPANY',
  publicKey: 'CW_PUBLIC_KEY',
  privateKey: 'CW_PRIVATE_KEY',
  clientId: 'CW_CLIENT_ID',
  board: 'CW_SERVICE_BOARD',
  statusNew: 'CW_STATUS_NEW',
  statusClosed: 'CW_STATUS_CLOSED',
  summaryPrefix: 'CW_TICKET_PREFIX',
  defaultCompany: 'CW_DEFAULT_COMPANY_ID',
  callsPerSecond: 'PSA_CALLS_PER_SECOND',
} as const satisfies Record<string, keyof Config>;
const MODEL = {
  url: 'OLLAMA_HOST',
  model: 'AI_MODEL',
  maxTokens: 'LLM_MAX_TOKENS',
  timeoutSeconds: 'LLM_TIMEOUT',
} as const satisfies Record<string, keyof Config>;
const { publicKey: _1, privateKey: _2, clientId: _3, url: _4, company: _5, ...DESK } = CONNECTWISE;
const SECRETS: readonly string[] = ['CW_PUBLIC_KEY', 'CW_PRIVATE_KEY', 'CW_CLIENT_ID'];
const FIELDS = { connectwise: CONNECTWISE, desk: DESK, model: MODEL } as const;
type Kind = keyof typeof FIELDS;

const entryOf = <K extends Kind>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    ...(Object.fromEntries(Object.keys(FIELDS[kind]).map((name) => [name, value])) as Record<string, typeof value>),
  });

/** The connections in a file: read and compared, never applied, since the environment holds them. */
export const ConnectionsInput = z
  .array(
    z.discriminatedUnion(
      'kind',
      [entryOf('connectwise'), entryOf('desk'), entryOf('model')],
      'must be of the kind connectwise, desk or model',
    ),
    'must be a list of connections',
  )
  .max(10);
export type ConnectionsInput = z.output<typeof ConnectionsInput>;

/** The ticket system and the language model as this installation has them; secrets by the name of their variable. */
export function describeConnections(config: Config): Record<string, unknown>[] {
  return [chosenConnection(config), 'model' as const].map((kind) => ({
    kind,
    ...Object.fromEntries(Object.entries(FIELDS[kind]).map(([name, variable]) => [name, shown(config, variable)])),
  }));
}

/** A sentence for each part of a file's connections that is another one here. */
export function compareConnections(config: Config, given: ConnectionsInput): string[] {
  const here = new Map(describeConnections(config).map((entry) => [entry['kind'], entry]));
  return given.flatMap((entry) => {
    const own = here.get(entry.kind);
    if (!own) return [`The file names the connection "${entry.kind}", which this installation does not use.`];
    const fields: Record<string, keyof Config> = FIELDS[entry.kind];
    return Object.entries(entry).flatMap(([name, wanted]) => {
      const variable = fields[name];
      if (variable === undefined || wanted === undefined || wanted === own[name]) return [];
      return [`${entry.kind}.${name} is another one here. It comes from the environment: set ${variable} there.`];
    });
  });
}

function shown(config: Config, variable: keyof Config): unknown {
  return SECRETS.includes(variable) ? `\${${variable}}` : config[variable];
}
