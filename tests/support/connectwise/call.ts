/** One request as the handlers see it: the path is relative to `/apis/3.0`, the body already parsed. */
export type Call = {
  method: string;
  path: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: unknown;
  /** The address in front of the relative path, for links. */
  base: string;
  /** Who writes: the API member, or a person acting through the control API. */
  member: string;
};

export type Reply = { status: number; body?: unknown; headers?: Record<string, string> };

export const idOf = (call: Call, name = 'id'): number => Number(call.params[name]);
