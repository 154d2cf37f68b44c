import { VerbError, type VerbErrorCode } from './errors.ts';

const TABLE = {
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Not possible now' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-media': { status: 415, title: 'Not JSON' },
  invalid: { status: 422, title: 'Not valid' },
  unavailable: { status: 503, title: 'Not available' },
} as const satisfies Record<VerbErrorCode, { status: number; title: string }>;

/** The answer of RFC 9457 for any error. An error that is not a `VerbError` says nothing of itself. */
export function problemOf(error: unknown): Response {
  if (!(error instanceof VerbError))
    return problem(500, 'Fault', 'Something went wrong on our side; the log says what.');
  const { status, title } = TABLE[error.code];
  const headers: Record<string, string> =
    error.code === 'unauthenticated'
      ? { 'www-authenticate': 'Bearer' }
      : error.code === 'unavailable'
        ? { 'retry-after': '5' }
        : {};
  return problem(status, title, error.message, membersOf(error), headers);
}

function membersOf({ details, faults }: VerbError): object {
  return faults.length > 0 ? { ...details, errors: faults } : details;
}

function problem(
  status: number,
  title: string,
  detail: string,
  more: object = {},
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}
