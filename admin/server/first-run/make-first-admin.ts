import type { AdminContext } from '../context.ts';

/**
 * Makes the first administrator from HOOKWISE_ADMIN_EMAIL and HOOKWISE_ADMIN_PASSWORD where there is no administrator yet.
 * Does nothing on later starts: a password changed in the console stays. Throws a sentence where the password is missing.
 */
export async function makeFirstAdmin({ auth, config }: AdminContext): Promise<'made' | 'there'> {
  const { adapter, internalAdapter, password } = await auth.$context;
  const email = config.HOOKWISE_ADMIN_EMAIL.toLowerCase();
  const admins = await adapter.findMany({ model: 'user', where: [{ field: 'role', value: 'admin' }], limit: 1 });
  if (admins.length > 0) return 'there';
  const plain = config.HOOKWISE_ADMIN_PASSWORD;
  if (plain === null)
    throw new Error('HOOKWISE_ADMIN_PASSWORD: needed to make the first administrator. "npm start" sets it by itself.');
  const known = await internalAdapter.findUserByEmail(email);
  if (known) {
    await internalAdapter.updateUser(known.user.id, { role: 'admin' });
    return 'made';
  }
  const user = await internalAdapter.createUser(
    { email, name: 'Administrator', emailVerified: true, role: 'admin' },
    { method: 'email-password' },
  );
  await internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: await password.hash(plain),
  });
  return 'made';
}
