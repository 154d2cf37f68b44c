import { alertmanagerRecipe } from './alertmanager.ts';
import { cippRecipe } from './cipp.ts';
import { datadogRecipe } from './datadog.ts';
import { genericStatusRecipe } from './generic-status.ts';
import { githubRecipe } from './github.ts';
import { grafanaRecipe } from './grafana.ts';
import { healthchecksRecipe } from './healthchecks.ts';
import { prtgRecipe } from './prtg.ts';
import type { Recipe } from './recipe.ts';
import { regexRoutingRecipe } from './regex-routing.ts';
import { standardWebhooksRecipe } from './standard-webhooks.ts';
import { uptimeKumaRecipe } from './uptime-kuma.ts';
import { veeamRecipe } from './veeam.ts';
import { zabbixRecipe } from './zabbix.ts';

/** Every recipe, in the order people see. */
export const RECIPES: readonly Recipe[] = [
  uptimeKumaRecipe,
  genericStatusRecipe,
  regexRoutingRecipe,
  zabbixRecipe,
  grafanaRecipe,
  alertmanagerRecipe,
  cippRecipe,
  datadogRecipe,
  healthchecksRecipe,
  prtgRecipe,
  veeamRecipe,
  githubRecipe,
  standardWebhooksRecipe,
];

export function findRecipe(id: string): Recipe | null {
  return RECIPES.find((recipe) => recipe.id === id) ?? null;
}
