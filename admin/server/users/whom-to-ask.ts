import type { AdminContext } from '../context.ts';

const MOST = 3;

/** The administrators who can give somebody more, the oldest first: a few, for a page that says whom to ask. */
export async function whomToAsk({ pool }: AdminContext): Promise<{ name: string; email: string }[]> {
  const { rows } = await pool.query<{ name: string; email: string }>(
    `select name, email from auth."user" where role = 'admin' and company is null and disabled is not true
     order by "createdAt", id limit ${MOST}`,
  );
  return rows;
}
