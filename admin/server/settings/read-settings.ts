import { loadSettings } from '../../../infra/database/config-store.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import type { AdminContext } from '../context.ts';
import type { SettingsView } from './schemas.ts';

/** The settings that hold now: what was saved, else the environment's or the default. */
export async function readSettings({ config }: AdminContext, db: Queryable): Promise<SettingsView> {
  const { maintenanceMode, maintenancePolicy, maskingWords, all } = await loadSettings(db);
  const days = all['logRetentionDays'];
  const { analysisPrompt, analysisTokensPerDay } = all;
  return {
    maintenanceMode,
    maintenancePolicy,
    maskingWords: [...maskingWords],
    analysisPrompt: typeof analysisPrompt === 'string' && analysisPrompt.trim() !== '' ? analysisPrompt : null,
    analysisTokensPerDay: typeof analysisTokensPerDay === 'number' ? analysisTokensPerDay : null,
    logRetentionDays: typeof days === 'number' ? days : config.LOG_RETENTION_DAYS,
  };
}
