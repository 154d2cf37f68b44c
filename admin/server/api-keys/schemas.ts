import { z } from 'zod';
import { SCOPES } from '../../../infra/auth/scopes.ts';
import { filledText } from '../endpoints/texts.ts';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';
import { CompanyLimit, RoleInput } from '../users/schemas.ts';

const Scope = z.enum(SCOPES, `must be one of ${SCOPES.join(', ')}`);

export const ApiKeyInput = z
  .strictObject({
    name: filledText(200),
    role: RoleInput.default('viewer'),
    scopes: z
      .array(Scope)
      .max(SCOPES.length)
      .default([])
      .meta({ description: 'Narrows the role to areas; empty for everything the role allows.' }),
    company: CompanyLimit.default(null),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'must be a time with its offset, such as 2030-01-01T00:00:00Z' })
      .transform((text) => new Date(text))
      .refine((at) => at.getTime() > Date.now(), 'must be in the future')
      .nullable()
      .default(null),
  })
  .meta({ id: 'ApiKeyInput' });
export const ApiKeyQuery = z.strictObject({ limit: LimitInput, cursor: CursorInput });

export const ApiKeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'How the key begins.' }),
    role: RoleInput,
    scopes: z.array(z.string()),
    company: z.string().nullable(),
    createdAt: z.string(),
    createdBy: z.string(),
    lastUsedAt: z.string().nullable().meta({ description: 'To the minute.' }),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.output<typeof ApiKeyView>;
export const ApiKeyPage = pageOf(ApiKeyView).meta({ id: 'ApiKeyPage' });
export const NewApiKey = ApiKeyView.extend({
  key: z.string().meta({ description: 'The key itself: told here and never again.' }),
}).meta({ id: 'NewApiKey' });
export type NewApiKey = z.output<typeof NewApiKey>;
