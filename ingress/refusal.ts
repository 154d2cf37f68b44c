interface RefusalRule {
  status: number;
  /** The word the caller reads; `<…>` is filled in. */
  message: string;
  /** Value of the metric label `status`. */
  label: string;
  retryAfterSeconds?: number;
}

/** Every reason to refuse a request, its status and its public word. */
export const REFUSALS = {
  'bad-request': { status: 400, message: 'Bad request', label: 'bad_request' },
  aborted: { status: 400, message: 'Request was not completed', label: 'aborted' },
  'invalid-json': { status: 400, message: 'Invalid JSON', label: 'bad_request' },
  'json-too-deep': { status: 400, message: 'JSON is nested too deeply', label: 'bad_request' },
  'json-too-many-values': { status: 400, message: 'JSON has too many values', label: 'bad_request' },
  'no-payload': { status: 400, message: 'No JSON payload', label: 'bad_request' },
  'not-object-or-array': { status: 400, message: 'JSON must be an object or an array', label: 'bad_request' },
  unstorable: { status: 400, message: 'Webhook cannot be stored', label: 'bad_request' },
  'missing-bearer': { status: 401, message: 'Missing Bearer Token', label: 'unauthorized' },
  'invalid-bearer': { status: 401, message: 'Invalid Bearer Token', label: 'unauthorized' },
  'missing-signature': { status: 401, message: 'Missing HMAC Signature', label: 'unauthorized' },
  'invalid-signature': { status: 401, message: 'Invalid HMAC Signature', label: 'unauthorized' },
  disabled: { status: 403, message: 'Endpoint is disabled', label: 'disabled' },
  'address-not-allowed': { status: 403, message: 'IP <ip> not allowed', label: 'forbidden' },
  'not-found': { status: 404, message: 'Not found', label: 'not_found' },
  'endpoint-not-found': { status: 404, message: 'Endpoint not found', label: 'not_found' },
  'method-not-allowed': { status: 405, message: 'Method not allowed', label: 'method_not_allowed' },
  'request-timeout': { status: 408, message: 'Request timeout', label: 'timeout' },
  'body-too-large': { status: 413, message: 'Payload too large', label: 'too_large' },
  'content-type': { status: 415, message: 'Content-Type must be application/json', label: 'unsupported_type' },
  'content-encoding': { status: 415, message: 'Content-Encoding is not supported', label: 'unsupported_type' },
  'too-many-attempts': {
    status: 429,
    message: 'Too many failed attempts',
    label: 'rate_limited',
    retryAfterSeconds: 30,
  },
  'too-many-unfinished': {
    status: 429,
    message: 'Too many unfinished requests',
    label: 'rate_limited',
    retryAfterSeconds: 5,
  },
  'headers-too-large': { status: 431, message: 'Request headers too large', label: 'too_large' },
  internal: { status: 500, message: 'Internal error', label: 'error' },
  unverifiable: {
    status: 503,
    message: 'Endpoint cannot verify requests',
    label: 'unavailable',
    retryAfterSeconds: 60,
  },
  overloaded: { status: 503, message: 'Service is busy, try again', label: 'unavailable', retryAfterSeconds: 2 },
  unavailable: { status: 503, message: 'Service unavailable, try again', label: 'unavailable', retryAfterSeconds: 5 },
} as const satisfies Record<string, RefusalRule>;

export type RefusalReason = keyof typeof REFUSALS;

/** A request that is not accepted, and why. Thrown at the edge, answered by the error boundary; its message is public. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: RefusalReason;
  readonly headers: Readonly<Record<string, string>>;
  constructor(reason: RefusalReason, message: string, headers: Readonly<Record<string, string>>) {
    super(message);
    this.reason = reason;
    this.headers = headers;
  }
  get status(): number {
    return REFUSALS[this.reason].status;
  }
}

/** The refusal for a reason, with the words filled in and the headers that its status asks for. */
export function refused(
  reason: RefusalReason,
  more: { words?: Record<string, string>; headers?: Record<string, string> } = {},
): Refused {
  const rule: RefusalRule = REFUSALS[reason];
  const message = rule.message.replace(/<(\w+)>/g, (whole, name: string) => more.words?.[name] ?? whole);
  const headers = {
    ...more.headers,
    ...(rule.retryAfterSeconds ? { 'Retry-After': String(rule.retryAfterSeconds) } : {}),
  };
  return new Refused(reason, message, headers);
}

/** The JSON that every refusal is answered with. */
export function refusalBody(message: string, requestId: string): string {
  return JSON.stringify({ status: 'error', message, request_id: requestId });
}
