import type { Queryable } from '../../../infra/database/pool.ts';
import { isRole } from '../../../infra/auth/roles.ts';
import { notFound } from '../errors.ts';
import type { UserView } from './schemas.ts';

/** A person as the lists read them; of what they sign in with only that it is there. */
export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: string;
  company: string | null;
  disabled: boolean;
  has_password: boolean;
  has_second_factor: boolean;
  passkeys: number;
  sessions: number;
  last_seen_at: Date | null;
  created_at: Date;
  /** `created_at` with the digits that a Date drops. */
  at: string;
}

export const USER_COLUMNS = `u.id, u.email, u.name, u.role, u.company, u.disabled is true as disabled, u."createdAt" as created_at, u."createdAt"::text as at,
  exists (select from auth.account a where a."userId" = u.id and a.password is not null) as has_password,
  u."twoFactorEnabled" is true as has_second_factor,
  (select count(*)::int from auth.passkey k where k."userId" = u.id) as passkeys,
  (select count(*)::int from auth.session s where s."userId" = u.id and s."expiresAt" > now()) as sessions,
  (select max(s."updatedAt") from auth.session s where s."userId" = u.id) as last_seen_at`;

export function presentUser(row: UserRow): UserView {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: isRole(row.role) ? row.role : 'viewer',
    company: row.company,
    disabled: row.disabled,
    hasPassword: row.has_password,
    hasSecondFactor: row.has_second_factor,
    passkeys: row.passkeys,
    sessions: row.sessions,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

/** The person with this id; throws `not-found`. */
export async function findUser(db: Queryable, id: string): Promise<UserView> {
  const found = await db.query<UserRow>(`select ${USER_COLUMNS} from auth."user" u where u.id = $1`, [id]);
  const [row] = found.rows;
  if (!row) throw notFound('user');
  return presentUser(row);
}

/** What the audit keeps of a person. */
export function auditedUser({ email, name, role, company, disabled }: UserView): object {
  return { email, name, role, company, disabled };
}
