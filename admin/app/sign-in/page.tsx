import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInForm } from '../../components/sign-in-form.tsx';
import { nextPage } from '../../lib/next-page.ts';
import { readSearch, type Given } from '../../lib/search-params.ts';
import { signInFault } from '../../lib/sign-in-faults.ts';
import { actorOf } from '../../server/authenticate.ts';
import { contextOf } from '../../server/context.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = contextOf();
  const search = readSearch(await searchParams, ['next', 'error']);
  const next = nextPage(search.next);
  if (await actorOf(context, await headers())) redirect(next);
  const { OIDC_ISSUER, OIDC_NAME, ADMIN_URL } = context.config;
  return (
    <main className="alone">
      <h1 className="brand">HookWise</h1>
      <p className="quiet">Webhooks in, exactly one ticket out.</p>
      <SignInForm
        singleSignOn={OIDC_ISSUER === null ? null : OIDC_NAME}
        passkeyHost={new URL(ADMIN_URL).hostname}
        next={next}
        fault={signInFault(search.error)}
      />
    </main>
  );
}
