import { CLIENT_ADDRESS_HEADER } from '../../../infra/auth/client-address-header.ts';
import { isRole } from '../../../infra/auth/roles.ts';
import type { Actor } from '../actor.ts';
import type { AdminContext } from '../context.ts';
import { VerbError } from '../errors.ts';
import { claimTry, forgiveTry } from './password-tries.ts';

interface PersonRow {
  id: string;
  email: string;
  role: string;
  company: string | null;
  password: string | null;
  has_second_factor: boolean;
}

/**
 * The person whose e-mail and password an HTTP Basic header carries, or null. Takes the same time whether the person is
 * there or not. Throws `unauthenticated` after five wrong passwords of an address within a minute, and `forbidden` for a
 * good password of somebody with a second factor, who would otherwise go around it.
 */
export async function personByPassword(context: AdminContext, headers: Headers): Promise<Actor | null> {
  const sourceIp = headers.get(CLIENT_ADDRESS_HEADER);
  const given = credentialsOf(headers.get('authorization') ?? '');
  if (given === null) return null;
  const address = sourceIp ?? 'unknown';
  if (!(await claimTry(context.pool, address)))
    throw new VerbError('unauthenticated', 'Too many wrong passwords from this address. Wait a minute.');
  const person = await findPerson(context, given.email);
  const { password } = await context.auth.$context;
  if (!person?.password) {
    await password.hash(given.password);
    return null;
  }
  if (!(await password.verify({ hash: person.password, password: given.password }))) return null;
  await forgiveTry(context.pool, address);
  if (person.has_second_factor)
    throw new VerbError('forbidden', 'Whoever has a second factor cannot use HTTP Basic. Use an API key.');
  const { id, email, role, company } = person;
  return { via: 'basic', id, name: email, role: isRole(role) ? role : 'viewer', company, sourceIp };
}

function credentialsOf(authorization: string): { email: string; password: string } | null {
  const text = Buffer.from(authorization.replace(/^basic +/i, ''), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || text.length > 600 || text.includes('\0')) return null;
  return { email: text.slice(0, colon).toLowerCase(), password: text.slice(colon + 1) };
}

async function findPerson({ pool }: AdminContext, email: string): Promise<PersonRow | undefined> {
  const found = await pool.query<PersonRow>(
    `select u.id, u.email, u.role, u.company, a.password, coalesce(u."twoFactorEnabled", false) as has_second_factor
     from auth."user" u left join auth.account a on a."userId" = u.id and a."providerId" = 'credential'
     where u.email = $1 and u.disabled is not true`,
    [email],
  );
  return found.rows[0];
}
