import type { z } from 'zod';
import type { SettingsInput } from '../../settings/schemas.ts';
import { TenantMappingInput } from '../../tenant-mappings/schemas.ts';
import type { DesiredTenant } from '../desired.ts';
import { isPlain, type Carrier } from './carrier.ts';

/** `global_mappings` as our tenant map. Case does not matter here: of rows that differ in it alone the first one counts. */
export function convertMappings(given: readonly unknown[], carrier: Carrier): DesiredTenant[] {
  const known = new Map<string, string>();
  return given.flatMap((row, index): DesiredTenant[] => {
    const place = `global_mappings.${index}`;
    const parsed = TenantMappingInput.safeParse(
      isPlain(row)
        ? { tenant: row['tenant_value'], companyId: row['company_id'], description: row['description'] ?? '' }
        : row,
    );
    if (!parsed.success) {
      carrier.leave(place, `It is no mapping: ${parsed.error.issues.map((issue) => issue.message).join('; ')}.`);
      return [];
    }
    const { tenant, companyId } = parsed.data;
    const other = known.get(tenant.toLowerCase());
    if (other !== undefined) {
      if (other !== companyId)
        carrier.leave(place, `“${tenant}” stands for “${other}” already; case does not matter here.`);
      return [];
    }
    known.set(tenant.toLowerCase(), companyId);
    return [{ place, ...parsed.data }];
  });
}

/** What HookWise kept in Redis, by its names there or without their beginning. */
export function convertSettings(
  given: Readonly<Record<string, unknown>>,
  carrier: Carrier,
): z.output<typeof SettingsInput> | null {
  const settings: z.output<typeof SettingsInput> = {};
  for (const [name, value] of Object.entries(given)) {
    const bare = name.replace(/^hookwise_/, '');
    const days = Number(value);
    if (bare === 'maintenance_mode') settings.maintenanceMode = value === true || value === 'true';
    else if (bare === 'log_retention_days' && Number.isInteger(days) && days >= 1 && days <= 3650)
      settings.logRetentionDays = days;
    else if (bare === 'log_retention_days')
      carrier.leave(`settings.${name}`, 'It is no number of days from 1 to 3650.');
    else if (bare === 'health_webhook') carrier.leave(`settings.${name}`, 'HookWise never used it.');
    else if (bare === 'master_api_key')
      carrier.leave(`settings.${name}`, 'HookWise never accepted it; make an API key here instead.');
    else carrier.leave(`settings.${name}`, 'There is no such setting here.');
  }
  return Object.keys(settings).length === 0 ? null : settings;
}
