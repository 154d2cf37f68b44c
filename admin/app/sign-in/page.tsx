import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInForm } from '../../components/sign-in-form.tsx';
import { actorOf } from '../../server/authenticate.ts';
import { contextOf } from '../../server/context.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage() {
  const context = contextOf();
  if (await actorOf(context, await headers())) redirect('/');
  const { OIDC_ISSUER, OIDC_NAME } = context.config;
  return (
    <main className="alone">
      <h1 className="brand">HookWise</h1>
      <p className="quiet">Webhooks in, exactly one ticket out.</p>
      <SignInForm singleSignOn={OIDC_ISSUER === null ? null : OIDC_NAME} />
    </main>
  );
}
