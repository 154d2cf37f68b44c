/** Every way a verb can refuse. Closed: REST and console each have one table over it. */
export type VerbErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'too-large'
  | 'unsupported-media'
  | 'unavailable';

/** The mark by which a page knows a refusal: of an error on the server Next hands on nothing but this. */
export const FORBIDDEN_DIGEST = 'hookwise-forbidden';

/** One fault of an input: `path` in dots, such as `ticketing.routingRules.1.pattern`; empty for the whole input. */
export interface FieldFault {
  path: string;
  message: string;
}

/** A verb's refusal. `message` is for the caller: no internals in it. */
export class VerbError extends Error {
  override readonly name = 'VerbError';
  readonly code: VerbErrorCode;
  digest?: string;
  readonly faults: readonly FieldFault[];
  /** Members of the problem besides the usual ones, such as the incidents that stand in the way. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: VerbErrorCode,
    message: string,
    more: { faults?: readonly FieldFault[]; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    this.faults = more.faults ?? [];
    this.details = more.details ?? {};
    if (code === 'forbidden') this.digest = FORBIDDEN_DIGEST;
  }
}

export function notFound(what: string): VerbError {
  return new VerbError('not-found', `There is no ${what} with this id.`);
}

export function conflict(message: string): VerbError {
  return new VerbError('conflict', message);
}

export function invalid(faults: readonly FieldFault[]): VerbError {
  const [first] = faults;
  const rest = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const place = first?.path ? `${first.path}: ` : '';
  return new VerbError('invalid', `${place}${first?.message ?? 'The input is not valid.'}${rest}`, { faults });
}
