import { z } from 'zod';
import { notFound } from '../errors.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { UserId, type SessionView } from './schemas.ts';
import { whose } from './whose.ts';

interface SessionRow {
  id: string;
  sourceIp: string | null;
  userAgent: string | null;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
}

/** Open sessions of somebody, the last used first: one's own as `me`, another's as an administrator. */
export const listSessions = defineVerb({
  name: 'session.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: UserId }),
  run: async (context, { id }): Promise<{ items: SessionView[] }> => {
    const found = await context.pool.query<SessionRow>(
      `select id, "ipAddress" as "sourceIp", "userAgent", "createdAt", "updatedAt", "expiresAt"
       from auth.session where "userId" = $1 and "expiresAt" > now() order by "updatedAt" desc, id limit 200`,
      [await whose(context, id)],
    );
    return { items: found.rows.map((row) => presentSession(row, context.actor.sessionId)) };
  },
});

/** Ends one session at once. */
export const endSession = defineVerb({
  name: 'session.end',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: UserId, session: UserId }),
  run: async (context, { id, session }): Promise<void> => {
    const userId = await whose(context, id);
    await changing(context, async ({ tx, audit }) => {
      const ended = await tx.query('delete from auth.session where "userId" = $1 and id = $2', [userId, session]);
      if (ended.rowCount === 0) throw notFound('session');
      await audit({ action: 'end-session', entity: 'user', entityId: userId, after: { session } });
    });
  },
});

/** Ends every session but the one that asks. */
export const endSessions = defineVerb({
  name: 'session.end-all',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: UserId }),
  run: async (context, { id }): Promise<void> => {
    const userId = await whose(context, id);
    await changing(context, async ({ tx, audit }) => {
      const ended = await tx.query('delete from auth.session where "userId" = $1 and id is distinct from $2', [
        userId,
        context.actor.sessionId ?? null,
      ]);
      await audit({ action: 'end-sessions', entity: 'user', entityId: userId, after: { ended: ended.rowCount } });
    });
  },
});

function presentSession(row: SessionRow, current: string | undefined): SessionView {
  return {
    id: row.id,
    current: row.id === current,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.updatedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
