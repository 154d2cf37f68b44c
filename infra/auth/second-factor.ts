import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type pg from 'pg';
import { sha256 } from '../crypto/cipher.ts';

type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** Longer than a code is good for, on whichever side of its half minute the clocks are. */
const KEPT = '5 minutes';

/**
 * A code of six digits counts once: it is claimed before it is checked, so two requests with the same code at the same
 * moment do not both pass. `pool` reaches our own tables beside better-auth's.
 */
export function codesCountOnce(pool: pg.Pool) {
  return {
    id: 'hookwise-codes-count-once',
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === '/two-factor/verify-totp',
          handler: createAuthMiddleware(async (context) => {
            const { code } = context.body as { code?: unknown };
            if (typeof code !== 'string' || !/^\d{6}$/.test(code)) throw wrong('A code has six digits.');
            const userId = await whoIsAsked(context);
            if (userId !== null && !(await claim(pool, userId, code)))
              throw wrong('This code was used already. Wait for the next one.');
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

async function claim(pool: pg.Pool, userId: string, code: string): Promise<boolean> {
  await pool.query('delete from public.used_code where used_until < now()');
  const claimed = await pool.query(
    `insert into public.used_code (digest, used_until) values ($1, now() + interval '${KEPT}') on conflict do nothing`,
    [sha256(`${userId}:${code}`)],
  );
  return claimed.rowCount === 1;
}

/** The signed-in person, else the one whose password was good a moment ago. */
async function whoIsAsked(context: HookContext): Promise<string | null> {
  const session = await getSessionFromCtx(context);
  if (session) return session.user.id;
  const cookie = context.context.createAuthCookie('two_factor');
  const identifier = await context.getSignedCookie(cookie.name, context.context.secret);
  if (!identifier) return null;
  return (await context.context.internalAdapter.findVerificationValue(identifier))?.value ?? null;
}

function wrong(message: string): APIError {
  return new APIError('UNAUTHORIZED', { code: 'INVALID_CODE', message });
}
