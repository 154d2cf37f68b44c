import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { buildConfig } from '../../admin/server/endpoints/build-config.ts';
import { compileEndpoint } from '../../infra/compile-endpoint.ts';
import { incidentDigest } from '../../infra/crypto/incident-digest.ts';
import { parseJson } from '../../infra/json.ts';
import { recipesPage } from '../../infra/recipes/recipes-page.ts';
import { findRecipe, RECIPES } from '../../infra/recipes/index.ts';
import type { ExpectedAlert, Recipe, RecipeSample } from '../../infra/recipes/recipe.ts';
import { fillTemplate } from '../../infra/recipes/fill-template.ts';
import { ZABBIX_PARAMETERS, ZABBIX_SCRIPT } from '../../infra/recipes/zabbix.ts';
import { createVerifiers } from '../../ingress/verifiers/index.ts';
import type { Plan, PlannedAlert } from '../../workflows/contracts/plan.ts';
import { planWebhook } from '../../workflows/domain/plan.ts';

const WANTED = [
  'uptime-kuma',
  'generic-status',
  'regex-routing',
  'zabbix',
  'grafana',
  'alertmanager',
  'cipp',
  'datadog',
  'healthchecks',
  'prtg',
  'veeam',
  'github',
  'standard-webhooks',
];

/** What saving the recipe keeps; throws with the place of every fault. */
function savedConfig(recipe: Recipe) {
  const verification = recipe.endpoint.verification.map((entry) =>
    entry.type === 'hmac' ? { ...entry, secret: 'a secret' } : entry,
  );
  return buildConfig({ ...recipe.endpoint, verification }, { verification: [], secrets: {} }).config;
}

/** The plan of a sample, read from bytes as the ingress reads them. */
function planOf(recipe: Recipe, sample: Pick<RecipeSample, 'body'>): Plan {
  const parsed = parseJson(Buffer.from(JSON.stringify(sample.body)));
  if (!parsed.ok) throw new Error(parsed.message);
  return planWebhook({
    requestId: '0195f0c0-0000-7000-8000-000000000001',
    receivedAt: '2026-03-01T09:15:01.000Z',
    body: parsed.value,
    endpoint: { id: 'endpoint', version: 1, compiled: compileEndpoint(savedConfig(recipe)) },
    environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
    maintenance: { globalMode: false, globalPolicy: 'skip', windows: [] },
    tenants: [],
    digest: incidentDigest,
  });
}

const told = (alert: PlannedAlert) => ({
  kind: alert.kind,
  summary: alert.ticket.summary,
  severity: alert.ticket.severity,
  impact: alert.ticket.impact,
  companyId: alert.ticket.companyId,
  skipped: alert.reason,
});
const wanted = (alert: ExpectedAlert) => ({
  kind: alert.kind,
  summary: alert.summary,
  severity: alert.severity ?? null,
  impact: alert.impact ?? null,
  companyId: alert.companyId ?? null,
  skipped: alert.skipped ?? null,
});

const samples = RECIPES.flatMap((recipe) =>
  recipe.samples.map((sample) => ({ recipe, sample, title: `${recipe.name}: ${sample.name}` })),
);

describe('the recipes', () => {
  it('are the ones promised, each found by its id', () => {
    expect(RECIPES.map(({ id }) => id)).toEqual(WANTED);
    for (const recipe of RECIPES) expect(findRecipe(recipe.id)).toBe(recipe);
    expect(findRecipe('nagios')).toBeNull();
  });

  it.each(samples)('plan what they say of $title', ({ recipe, sample }) => {
    const plan = planOf(recipe, sample);
    expect(plan.failure).toBeNull();
    expect(plan.warnings).toEqual([]);
    expect(plan.alerts.map(told)).toEqual(sample.alerts.map(wanted));
  });

  it.each(RECIPES)('$name: alert and recovery are one incident, different things are not', (recipe) => {
    const keys = new Map<string, Set<string>>();
    for (const sample of recipe.samples) {
      planOf(recipe, sample).alerts.forEach((alert, at) => {
        const word = sample.alerts[at]?.incident ?? '';
        keys.set(word, (keys.get(word) ?? new Set()).add(`${alert.incidentKey} ${alert.summaryDigest}`));
      });
    }
    for (const [word, found] of keys) expect([...found], word).toHaveLength(1);
    expect(new Set([...keys.values()].flatMap((found) => [...found])).size).toBe(keys.size);
  });

  it.each(RECIPES)('$name: what opens is closed by a later body, unless a person ends it', (recipe) => {
    const of = (says: RecipeSample['says']) => recipe.samples.filter((sample) => sample.says === says);
    const alerts = recipe.samples.flatMap((sample) => sample.alerts).filter(({ skipped }) => skipped === undefined);
    const closed = alerts.filter(({ kind }) => kind === 'close').map(({ incident }) => incident);
    expect(of('open').length).toBeGreaterThan(0);
    expect(of('recovery').length > 0).toBe(recipe.endsBy === 'recovery');
    const first = of('open')[0]?.alerts.map(({ incident }) => incident) ?? [];
    for (const incident of first) expect(closed.includes(incident)).toBe(recipe.endsBy === 'recovery');
    for (const sample of of('repeat')) expect(sample.alerts.some(({ kind }) => kind === 'open')).toBe(true);
  });

  it.each(RECIPES)(
    '$name: names no board, status, type or priority, which another ticket system may lack',
    (recipe) => {
      const { ticketing } = savedConfig(recipe);
      const chosen = ['board', 'status', 'closeStatus', 'type', 'subtype', 'item', 'priority'] as const;
      for (const field of chosen) expect(ticketing[field], field).toBeNull();
      for (const { overrides } of ticketing.routingRules)
        expect(Object.keys(overrides).filter((name) => !['severity', 'impact', 'drop'].includes(name))).toEqual([]);
      expect(Object.keys(ticketing.mapping).sort()).toEqual(
        Object.keys(ticketing.mapping)
          .filter((field) => ['summary', 'customer_id'].includes(field))
          .sort(),
      );
    },
  );

  it.each(samples)('$title: nothing that a person needs is masked or left as a path', ({ recipe, sample }) => {
    const shown = planOf(recipe, sample).alerts.map(
      ({ ticket }) => ticket.summary + ticket.description.split('Payload:')[0],
    );
    expect(shown.join('\n')).not.toContain('********');
    expect(shown.join('\n')).not.toContain('{$');
  });

  it.each(RECIPES)('$name: tells how to set the sender up, with address and proof', (recipe) => {
    const text = JSON.stringify(recipe.setup);
    expect(text).toContain('{url}');
    const usesBearer = recipe.endpoint.verification.some(({ type }) => type === 'bearer');
    expect(text.includes('{token}')).toBe(usesBearer);
    expect(text.includes('{secret}')).toBe(recipe.endpoint.verification.some(({ type }) => type === 'hmac'));
    for (const { text: step, paste, language } of recipe.setup.steps) {
      expect(step).toMatch(/[.:]$/);
      if (language === 'json' && !paste?.includes('$')) expect(() => JSON.parse(paste ?? '')).not.toThrow();
    }
  });
});

describe('a body of many alerts', () => {
  it('gives each ticket its own alert and what the whole body says', () => {
    const grafana = RECIPES.find(({ id }) => id === 'grafana');
    const [sample] = grafana?.samples ?? [];
    if (!grafana || !sample) throw new Error('There is no such recipe.');
    const [us, eu] = planOf(grafana, sample).alerts.map(({ ticket }) => ticket.description);
    expect(us).toContain('Memory above 90 % in zone us-1');
    expect(us).toContain('"zone":"us-1"');
    expect(us).not.toContain('eu-1');
    expect(eu).toContain('Memory above 90 % in zone eu-1');
    for (const text of [us, eu]) expect(text).toContain('Contact point: HookWise');
  });
});

describe('the page of recipes', () => {
  it('is what infra/docs/recipes.md holds', () => {
    expect(readFileSync(new URL('../../infra/docs/recipes.md', import.meta.url), 'utf8')).toBe(recipesPage());
  });
});

describe('the recipe of GitHub', () => {
  it('checks the signature that GitHub’s documentation gives as an example', () => {
    const github = findRecipe('github');
    const [hmac] = github === null ? [] : savedConfig(github).verification;
    if (hmac?.type !== 'hmac') throw new Error('The recipe has no signature.');
    const secrets = { [hmac.secretId]: { value: "It's a Secret to Everybody" } };
    const [verifier] = createVerifiers([hmac], secrets);
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const check = (text: string) =>
      verifier?.verify({
        headers: { 'x-hub-signature-256': signature },
        rawBody: Buffer.from(text),
        clientIp: '127.0.0.1',
        now: Date.now(),
      });
    expect(check('Hello, World!')).toBeNull();
    expect(check('Hello, world!')).toBe('invalid-signature');
  });
});

describe('a text to paste', () => {
  it('is filled longest name first, so that $NAME leaves $NAME_JSON alone', () => {
    expect(fillTemplate('$NAME_JSON $NAME', { $NAME: 'a$&', $NAME_JSON: '"b"' })).toBe('"b" a$&');
  });

  it('for Zabbix makes the very bodies of the recipe and adds the token', () => {
    const zabbix = findRecipe('zabbix');
    for (const sample of zabbix?.samples ?? []) {
      const { event, host, trigger, subject, message } = sample.body as unknown as ZabbixBody;
      const macros: Record<string, string> = {
        '{url}': 'https://hooks.example.com/webhook/x',
        '{token}': 'the token',
        '{EVENT.ID}': event.id,
        '{EVENT.NAME}': event.name,
        '{EVENT.STATUS}': event.status,
        '{EVENT.VALUE}': event.value,
        '{EVENT.NSEVERITY}': event.nseverity,
        '{EVENT.SEVERITY}': event.severity,
        '{EVENT.UPDATE.STATUS}': event.update_status,
        '{EVENT.OPDATA}': event.opdata,
        '{EVENT.TAGSJSON}': JSON.stringify(event.tags),
        '{HOST.NAME}': host.name,
        '{HOST.IP}': host.ip,
        '{TRIGGER.ID}': trigger.id,
        '{TRIGGER.DESCRIPTION}': trigger.description,
        '{ALERT.SUBJECT}': subject,
        '{ALERT.MESSAGE}': message,
      };
      const parameters = Object.fromEntries(
        Object.entries(ZABBIX_PARAMETERS).map(([name, macro]) => [name, macros[macro]]),
      );
      const sent = runZabbix(JSON.stringify(parameters), 202);
      expect(sent.answer).toBe('OK');
      expect(sent.url).toBe('https://hooks.example.com/webhook/x');
      expect(sent.headers).toEqual(['Content-Type: application/json', 'Authorization: Bearer the token']);
      expect(JSON.parse(sent.body)).toEqual(sample.body);
      expect(() => runZabbix(JSON.stringify(parameters), 401)).toThrow('HookWise answered 401');
    }
  });

  it.each(['prtg', 'veeam'])('for %s names every field of its bodies', (id) => {
    const recipe = findRecipe(id);
    const script = recipe?.setup.steps.find(({ language }) => language === 'powershell')?.paste ?? '';
    for (const sample of recipe?.samples ?? [])
      for (const field of Object.keys(sample.body as object)) expect(script).toMatch(new RegExp(`\\b${field} = `));
  });
});

type Texts<K extends string> = Record<K, string>;
interface ZabbixBody {
  event: Texts<'id' | 'name' | 'status' | 'value' | 'severity' | 'nseverity' | 'update_status' | 'opdata'> & {
    tags: unknown;
  };
  host: Texts<'name' | 'ip'>;
  trigger: Texts<'id' | 'description'>;
  subject: string;
  message: string;
}

/** Runs the script as Zabbix does: as the body of a function, with its own request class. */
function runZabbix(value: string, status: number): { answer: unknown; url: string; body: string; headers: string[] } {
  const sent = { url: '', body: '', headers: [] as string[] };
  class HttpRequest {
    addHeader(header: string): void {
      sent.headers.push(header);
    }
    post(url: string, body: string): string {
      Object.assign(sent, { url, body });
      return '{}';
    }
    getStatus(): number {
      return status;
    }
  }
  const answer: unknown = runInNewContext(`(function () { ${ZABBIX_SCRIPT} })()`, {
    value,
    HttpRequest,
    Zabbix: { log: () => undefined },
  });
  return { ...sent, answer };
}
