import type { ActivityDeps } from '../deps.ts';
import type { ModelHealth } from './language-model.ts';

/** How long a model found well is believed to be so: `VIABILITY_TTL`; one that is not is asked again each time. */
const kept = new WeakMap<object, { at: number; health: ModelHealth }>();

/** Asks how the model is, at most once in `modelFreshMs` while it is well and unless `isAnew`, and keeps the answer for the console. */
export async function probeModel(
  deps: ActivityDeps,
  now: string,
  signal: AbortSignal,
  isAnew = false,
): Promise<ModelHealth> {
  const known = isAnew ? undefined : kept.get(deps.model);
  if (known && performance.now() - known.at < deps.settings.modelFreshMs) return known.health;
  const health = await deps.model.probe(signal);
  if (health.state === 'well') kept.set(deps.model, { at: performance.now(), health });
  else kept.delete(deps.model);
  const { url, model } = deps.model.describe();
  await deps.pool.query(
    `insert into model_health (name, url, model, state, problem, remedy, checked_at) values ('analysis', $1, $2, $3, $4, $5, $6)
     on conflict (name) do update set url = excluded.url, model = excluded.model, state = excluded.state, problem = excluded.problem,
       remedy = excluded.remedy, checked_at = excluded.checked_at`,
    [url, model, health.state, health.problem, health.remedy, now],
  );
  return health;
}
