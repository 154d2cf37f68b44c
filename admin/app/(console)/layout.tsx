import Link from 'next/link';
import type { ReactNode } from 'react';
import { SignOutButton } from '../../components/sign-out-button.tsx';
import { NAV } from '../../config/nav.ts';
import { pageContext } from '../../lib/page-context.ts';
import { temporalUiUrl } from '../../server/incidents/present.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const context = await pageContext();
  return (
    <>
      <a className="skip" href="#content">
        To the content
      </a>
      <header className="top">
        <Link href="/incidents" className="brand">
          HookWise
        </Link>
        <nav aria-label="Pages">
          {NAV.map(({ href, label }) => (
            <Link key={href} href={href}>
              {label}
            </Link>
          ))}
          <a href={temporalUiUrl(context)} target="_blank" rel="noreferrer">
            Temporal
          </a>
        </nav>
        <div className="who">
          <span className="quiet" title={`Role: ${context.actor.role}`}>
            {context.actor.name}
          </span>
          <SignOutButton />
        </div>
      </header>
      <main id="content">{children}</main>
    </>
  );
}
