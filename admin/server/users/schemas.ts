import { z } from 'zod';
import { ROLES } from '../../../infra/auth/roles.ts';
import { filledText } from '../endpoints/texts.ts';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

export const RoleInput = z.enum(ROLES, 'must be viewer, operator or admin');
/** The company whose things alone are seen; null for no limit. */
export const CompanyLimit = filledText(100)
  .nullable()
  .meta({ description: 'Only the things of this company are seen; null for no limit.' });
const Password = z.string().min(8, 'must have 8 characters or more').max(256, 'must have 256 characters or less');

export const UserInput = z
  .strictObject({
    email: z.email('must be an e-mail address').max(254).toLowerCase(),
    name: filledText(200),
    role: RoleInput.default('viewer'),
    company: CompanyLimit.default(null),
    password: Password.optional().meta({
      description: 'Absent: no password, the person comes by single sign-on or gets one later.',
    }),
  })
  .meta({ id: 'UserInput' });
export const UserPatch = z.strictObject({
  name: filledText(200).optional(),
  role: RoleInput.optional(),
  company: CompanyLimit.optional(),
  disabled: z.boolean('must be true or false').optional().meta({ description: 'true ends every session at once.' }),
});
export const PasswordResetInput = z.strictObject({
  password: Password,
  removeSecondFactor: z
    .boolean('must be true or false')
    .default(false)
    .meta({ description: 'Also takes the second factor away, for somebody who lost it.' }),
  removePasskeys: z
    .boolean('must be true or false')
    .default(false)
    .meta({ description: 'Also takes every passkey away.' }),
});
export const UserQuery = z.strictObject({ limit: LimitInput, cursor: CursorInput });
export const UserId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const UserView = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: RoleInput,
    company: z.string().nullable(),
    disabled: z.boolean(),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    passkeys: z.int().meta({ description: 'Passkeys that open this account.' }),
    sessions: z.int().meta({ description: 'Sessions that are open now.' }),
    lastSeenAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'User' });
export type UserView = z.output<typeof UserView>;
export const UserPage = pageOf(UserView).meta({ id: 'UserPage' });

export const SessionView = z
  .object({
    id: z.string(),
    current: z.boolean().meta({ description: 'Whether this is the session that asks.' }),
    sourceIp: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: z.string(),
    lastSeenAt: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.output<typeof SessionView>;
export const SessionList = z.object({ items: z.array(SessionView) }).meta({ id: 'SessionList' });

export const PasskeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: z.string().nullable(),
    isSynced: z.boolean().meta({ description: 'Whether its provider keeps it on several devices.' }),
  })
  .meta({ id: 'Passkey' });
export type PasskeyView = z.output<typeof PasskeyView>;
export const PasskeyList = z.object({ items: z.array(PasskeyView) }).meta({ id: 'PasskeyList' });
export const PasskeyPatch = z.strictObject({ name: filledText(100).optional() });
