import { z } from 'zod';
import { filledText, text } from '../endpoints/texts.ts';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

export const TenantMappingInput = z
  .strictObject({ tenant: filledText(255), companyId: filledText(100), description: text(1000).default('') })
  .meta({ id: 'TenantMappingInput' });
export const TenantMappingPatch = z.strictObject({
  tenant: filledText(255).optional(),
  companyId: filledText(100).optional(),
  description: text(1000).optional(),
});
export const TenantMappingQuery = z.strictObject({ limit: LimitInput, cursor: CursorInput });
export const TenantMappingView = z
  .object({
    id: z.uuid(),
    tenant: z.string(),
    companyId: z.string(),
    description: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'TenantMapping' });
export type TenantMappingView = z.output<typeof TenantMappingView>;
export const TenantMappingPage = pageOf(TenantMappingView).meta({ id: 'TenantMappingPage' });

export const TenantMatchQuery = z.strictObject({
  tenant: filledText(255).meta({ description: 'A tenant as a body would name it.' }),
});
export const TenantMatchView = z
  .object({
    tenant: z.string(),
    match: z
      .object({ tenant: z.string(), companyId: z.string() })
      .nullable()
      .meta({ description: 'null: no mapping fits, the endpoint’s company holds.' }),
  })
  .meta({ id: 'TenantMatch' });
export type TenantMatchView = z.output<typeof TenantMatchView>;
