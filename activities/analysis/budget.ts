import type { Queryable } from '../../infra/database/pool.ts';

/** Characters of a token, low enough that an estimate is rarely too small. */
const CHARACTERS_A_TOKEN = 3;

export function estimateTokens(prompt: { system: string; user: string }, maxTokens: number): number {
  return Math.ceil((prompt.system.length + prompt.user.length) / CHARACTERS_A_TOKEN) + maxTokens;
}

/**
 * Takes `tokens` out of the budget of the day (UTC) of `at`, in one statement, so that workers together never pass it. Answers
 * what was used before where they do not fit; null means taken. `perDay` null means no budget; what is used is counted all the same.
 */
export async function takeTokens(
  db: Queryable,
  at: string,
  tokens: number,
  perDay: number | null,
): Promise<{ used: number } | null> {
  const taken = await db.query(
    `insert into analysis_usage as u (day, tokens, runs)
     select (($1::timestamptz) at time zone 'UTC')::date, $2::bigint, 1 where $3::bigint is null or $2::bigint <= $3::bigint
     on conflict (day) do update set tokens = u.tokens + excluded.tokens, runs = u.runs + 1
       where $3::bigint is null or u.tokens + excluded.tokens <= $3::bigint
     returning tokens`,
    [at, tokens, perDay],
  );
  if (taken.rowCount === 1) return null;
  const { rows } = await db.query(
    `select tokens as used from analysis_usage where day = (($1::timestamptz) at time zone 'UTC')::date`,
    [at],
  );
  return (rows[0] as { used: number } | undefined) ?? { used: 0 };
}

/** Puts right what was taken at `at`, once the server has counted. */
export async function correctTokens(db: Queryable, at: string, taken: number, counted: number): Promise<void> {
  if (taken === counted) return;
  await db.query(
    `update analysis_usage set tokens = greatest(0, tokens + $2) where day = (($1::timestamptz) at time zone 'UTC')::date`,
    [at, counted - taken],
  );
}
