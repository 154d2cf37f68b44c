import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off', ''])
  .transform((text) => ['true', '1', 'yes', 'on'].includes(text));
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
);
const address = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
  .transform((text) => text.replace(/\/+$/, ''));

/** One variable of the environment: how it is read, what it is for, and what holds when it is not set. */
export interface Variable {
  schema: z.ZodType;
  about: string;
  /** The text that holds when the variable is absent; `null` means "not set". */
  fallback: string | null;
  secret?: true;
  /** An empty text is a value of its own, not "not set". */
  emptyIsValue?: true;
}

const of = <S extends z.ZodType, F extends string | null>(
  schema: S,
  fallback: F,
  about: string,
  more: Pick<Variable, 'secret' | 'emptyIsValue'> = {},
) => ({ schema, fallback, about, ...more });

/** Every variable the program reads, in the order `.env.example` shows them. */
export const VARIABLES = {
  HOOKWISE_DATA_DIR: of(
    z.string(),
    '.hookwise',
    'Folder for everything the all-in-one keeps: database, Temporal, keys.',
  ),
  PORT: of(port, '8080', 'Port of the ingress: webhooks, health, metrics.'),
  ADMIN_PORT: of(port, '3000', 'Port of the console and the REST API.'),
  HOST: of(z.string(), '0.0.0.0', 'Address the ingress and the console listen on.'),
  PG_PORT: of(port, '54329', 'Port of the embedded Postgres (loopback only).'),
  TEMPORAL_PORT: of(port, '7233', 'Port of the built-in Temporal server (loopback only).'),
  TEMPORAL_UI_PORT: of(port, '8233', 'Port of the Temporal Web UI (loopback only).'),
  WORKER_METRICS_PORT: of(port, '9464', "Port of the worker's health and metrics."),
  PUBLIC_URL: of(
    address,
    null,
    'Address under which senders reach the ingress; builds every webhook URL. Default: http://localhost:PORT.',
  ),
  ADMIN_URL: of(address, null, 'Address of the console; builds links. Default: http://localhost:ADMIN_PORT.'),
  TEMPORAL_UI_URL: of(
    address,
    null,
    'Address of the Temporal Web UI, for links from the console. Default: port TEMPORAL_UI_PORT on the host of ADMIN_URL.',
  ),
  DATABASE_URL: of(
    z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
    null,
    'A Postgres 15 or newer to use instead of the embedded one.',
    { secret: true },
  ),
  TEMPORAL_ADDRESS: of(z.string(), null, 'host:port of a Temporal server to use instead of the built-in one.'),
  TEMPORAL_NAMESPACE: of(z.string(), 'default', 'Temporal namespace.'),
  TEMPORAL_API_KEY: of(z.string(), null, 'API key for the Temporal server; implies TLS.', { secret: true }),
  TEMPORAL_TLS: of(flag, 'false', 'Use TLS towards the Temporal server.'),
  ENCRYPTION_KEY: of(
    z.string(),
    null,
    '32 bytes as URL-safe base64. Made and kept in the data folder by the all-in-one, demanded otherwise.',
    { secret: true },
  ),
  ENCRYPTION_KEYS_OLD: of(list, '', 'Earlier encryption keys, comma separated, that may still decrypt.', {
    secret: true,
  }),
  AUTH_SECRET: of(z.string(), null, 'Secret that signs console sessions. Default: derived from ENCRYPTION_KEY.', {
    secret: true,
  }),
  HOOKWISE_ADMIN_EMAIL: of(z.string(), 'admin@hookwise.local', 'E-mail of the first administrator.'),
  HOOKWISE_ADMIN_PASSWORD: of(
    z.string(),
    null,
    'Password of the first administrator; made and printed once when absent.',
    { secret: true },
  ),
  HOOKWISE_API_KEY: of(
    z.string(),
    null,
    'An API key with every right, valid on every start; made and printed once when absent.',
    { secret: true },
  ),
  GUI_TRUSTED_IPS: of(list, '', 'Addresses and CIDRs that may open the console; empty means all.'),
  GUI_BASIC_AUTH: of(
    flag,
    'false',
    'Let people use REST with HTTP Basic: e-mail and password. Refused for whoever has a second factor.',
  ),
  OIDC_ISSUER: of(
    address,
    null,
    'Issuer of an OpenID Connect provider for single sign-on; its /.well-known/openid-configuration is read at the first sign-in.',
  ),
  OIDC_CLIENT_ID: of(z.string(), null, 'Client id at the OpenID Connect provider.'),
  OIDC_CLIENT_SECRET: of(z.string(), null, 'Client secret at the OpenID Connect provider.', { secret: true }),
  OIDC_NAME: of(z.string(), 'Single sign-on', 'What the button of single sign-on says.'),
  OIDC_ROLE: of(
    z.enum(['viewer', 'operator', 'admin']),
    null,
    'Role of people who come by single sign-on for the first time. Not set: only people made beforehand may come in.',
  ),
  TRUSTED_PROXIES: of(list, '', 'Addresses and CIDRs of proxies whose X-Forwarded-* headers are believed.'),
  CORS_ORIGINS: of(list, '*', 'Origins that browsers may post webhooks from, comma separated.'),
  FORCE_HTTPS: of(flag, 'false', 'Answer plain HTTP with 308 to the https address.'),
  MAX_CONTENT_LENGTH_KB: of(whole(1, 65_536), '1024', 'Largest webhook body in KiB.'),
  LOG_RETENTION_DAYS: of(whole(1, 3650), '30', 'Days that webhooks, alerts and Temporal histories are kept.'),
  LOG_LEVEL: of(z.enum(['trace', 'debug', 'info', 'warn', 'error']), 'info', 'How much is logged.'),
  ROLES: of(list, 'ingress,dispatcher', 'What an ingress process does: ingress, dispatcher, or both.'),
  CW_URL: of(address, null, 'ConnectWise Manage API, such as https://api-na.myconnectwise.net/v4_6_release/apis/3.0.'),
  CW_COMPANY: of(z.string(), null, 'ConnectWise login company.'),
  CW_PUBLIC_KEY: of(z.string(), null, 'ConnectWise API member: public key.', { secret: true }),
  CW_PRIVATE_KEY: of(z.string(), null, 'ConnectWise API member: private key.', { secret: true }),
  CW_CLIENT_ID: of(z.string(), null, 'ConnectWise clientId of this integration.', { secret: true }),
  CW_SERVICE_BOARD: of(z.string(), 'Service Board', 'Board for tickets that name none.'),
  CW_STATUS_NEW: of(z.string(), 'New', 'Status of a new ticket that names none.'),
  CW_STATUS_CLOSED: of(z.string(), 'Closed', 'Status that closes a ticket.'),
  CW_TICKET_PREFIX: of(z.string(), 'Alert:', 'Text before every summary; empty means none.', { emptyIsValue: true }),
  CW_DEFAULT_COMPANY_ID: of(z.string(), null, 'Company for tickets that name none.'),
  PSA_CALLS_PER_SECOND: of(
    z.coerce.number().min(0.1).max(10_000),
    '15',
    'Calls a second to the ticket system, over all workers; after a rest those of four seconds may come at once.',
  ),
  PSA_LAG_BUDGET: of(
    whole(1, 3600),
    '120',
    'Seconds in which a ticket whose creation got no answer may still appear in searches.',
  ),
  PSA_TIMEOUT: of(whole(1, 25), '25', 'Seconds before a call to the ticket system is given up.'),
  VIABILITY_TTL: of(
    whole(1, 86_400),
    '300',
    'Seconds for which a language model found well is not asked again how it is.',
  ),
  OLLAMA_HOST: of(address, 'http://localhost:11434', 'Ollama server for root causes; its /v1 is asked.'),
  LLM_URL: of(
    address,
    null,
    'Another OpenAI-compatible server instead of Ollama, with its version path, such as https://models.example.com/v1.',
  ),
  LLM_API_KEY: of(z.string(), null, 'Key for the language model server, where it wants one.', { secret: true }),
  AI_MODEL: of(z.string(), 'phi3', 'Model for root causes.'),
  LLM_MAX_TOKENS: of(whole(1, 100_000), '512', 'Longest answer of the model, in tokens.'),
  LLM_TIMEOUT: of(whole(1, 3600), '180', 'Seconds before the model is given up.'),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;
