import { z } from 'zod';

const textOrNumber = z.union([z.string(), z.number()]).transform(String);

const bodySchema = z.object({
  Action: z.string(),
  Type: z.string(),
  ID: textOrNumber.pipe(z.string().regex(/^[1-9][0-9]{0,17}$/)),
  CompanyId: textOrNumber.nullish().catch(null),
  Metadata: z.object({ key_url: z.string().max(2_000) }),
});

/** What a callback says, none of which is believed before its signature is. */
export interface Callback {
  action: string;
  type: string;
  ticketId: string;
  company: string | null;
  keyUrl: string;
}

/** The callback in a body (facts/connectwise.md §9); null for anything else. Names of types and actions are lower case. */
export function readCallback(rawBody: Buffer): Callback | null {
  let json: unknown;
  try {
    json = JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
  const read = bodySchema.safeParse(json);
  if (!read.success) return null;
  const { Action, Type, ID, CompanyId, Metadata } = read.data;
  return {
    action: Action.toLowerCase(),
    type: Type.toLowerCase(),
    ticketId: ID,
    company: CompanyId ?? null,
    keyUrl: Metadata.key_url,
  };
}
