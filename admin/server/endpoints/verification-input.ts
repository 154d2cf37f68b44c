import { z } from 'zod';
import { parseAddressList } from '../../../infra/http/address-list.ts';
import { filledText, text } from './texts.ts';

/** What stands in place of a secret in every answer; sent back, it keeps the secret. */
export const MASK = '********';

const Bearer = z.strictObject({ type: z.literal('bearer') });

const Hmac = z.strictObject({
  type: z.literal('hmac'),
  secret: text(1000)
    .min(1, 'must not be empty')
    .meta({ description: `Kept encrypted and answered as ${MASK}, which keeps it when sent back.` }),
  algorithm: z.enum(['sha1', 'sha256', 'sha512'], 'must be sha1, sha256 or sha512').default('sha256'),
  header: z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'must be the name of a header')
    .default('X-HookWise-Signature'),
  encoding: z.enum(['hex', 'base64'], 'must be hex or base64').default('hex'),
  prefix: text(100).default(''),
});

const Ip = z.strictObject({
  type: z.literal('ip'),
  allow: z
    .preprocess(
      (given) =>
        typeof given === 'string'
          ? given
              .split(',')
              .map((entry) => entry.trim())
              .filter(Boolean)
          : given,
      z.array(filledText(100)).min(1, 'names no address').max(1000),
    )
    .superRefine((entries, check) => {
      for (const fault of parseAddressList(entries).faults)
        check.addIssue({ code: 'custom', path: [fault.index], message: fault.message });
    }),
});

/** All verifiers must pass. An empty list, sent explicitly, takes every sender. */
export const VerificationInput = z
  .array(
    z.discriminatedUnion('type', [Bearer, Hmac, Ip], 'must be of the type bearer, hmac or ip').meta({ id: 'Verifier' }),
    'must be a list of verifiers',
  )
  .max(20)
  .superRefine((verifiers, check) => {
    const second = verifiers
      .map(({ type }) => type)
      .indexOf('bearer', verifiers.findIndex(({ type }) => type === 'bearer') + 1);
    if (verifiers.filter(({ type }) => type === 'bearer').length > 1)
      check.addIssue({ code: 'custom', path: [second], message: 'One bearer token is enough.' });
  });
export type VerificationInput = z.output<typeof VerificationInput>;
