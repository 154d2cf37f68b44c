export type ErrorDetail = { code: string; message: string; resource: string; field: string };

/** A refusal as ConnectWise words it: the HTTP status and the JSON body to answer with. */
export class ApiFault extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: { code?: string; message?: string } & Record<string, unknown>, headers = {}) {
    super(body.message ?? body.code ?? `HTTP ${status}`);
    this.name = 'ApiFault';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const invalidObject = (resource: string, errors: ErrorDetail[]): ApiFault =>
  new ApiFault(400, { code: 'InvalidObject', message: `${resource} object is invalid`, errors });

export const missingField = (resource: string, field: string): ErrorDetail => ({
  code: 'MissingRequiredField',
  message: `The ${field} field is required.`,
  resource,
  field,
});

export const invalidField = (resource: string, field: string, message: string): ErrorDetail => ({
  code: 'InvalidField',
  message,
  resource,
  field,
});

export const unresolved = (resource: string, field: string, message: string): ErrorDetail => ({
  code: 'NotFound',
  message,
  resource,
  field,
});

/** A record that is not there: no `errors` member on this body. */
export const recordNotFound = (kind: string, id: string | number): ApiFault =>
  new ApiFault(404, { code: 'NotFound', message: `${kind} ${id} not found` });

export const endpointMissing = (): ApiFault =>
  new ApiFault(404, { code: 'ConnectWiseApi', message: 'The endpoint does not exist.' });

export const badCondition = (message: string): ApiFault =>
  new ApiFault(400, { code: 'ApiFindCondition', message, errors: null });

export const unknownName = (name: string): ApiFault => badCondition(`${name} is not a recognized name.`);

export const forbidden = (message: string): ApiFault => new ApiFault(403, { code: 'Security', message, errors: null });

/** The one error body with another shape (facts §8.1). */
export const tooManyRequests = (retryAfterSeconds: number | null): ApiFault =>
  new ApiFault(
    429,
    {
      error: 'ConnectWiseAPI',
      message: `Too many requests. Please try again in ${retryAfterSeconds ?? 30} seconds.`,
    },
    retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) },
  );
