import { headers } from 'next/headers';
import { LinkButton } from '../../components/link-button.tsx';
import { pageAt } from '../../config/nav.ts';
import { pageContext } from '../../lib/page-context.ts';
import { PAGE_HEADER } from '../../server/front/page-header.ts';
import { whomToAsk } from '../../server/users/whom-to-ask.ts';

/** What somebody may not open, why, and who can change that. */
export default async function Forbidden() {
  const context = await pageContext();
  const { role, company } = context.actor;
  const page = pageAt((await headers()).get(PAGE_HEADER) ?? '');
  const needs = page !== null && page.role !== 'viewer' && role === 'viewer' ? page.role : null;
  const people = await whomToAsk(context);
  return (
    <section className="card stack empty">
      <h1>Not for your account</h1>
      <p className="lead">
        {page === null ? 'This page' : `“${page.label}”`}{' '}
        {company === null
          ? `needs the role ${page?.role ?? 'admin'}; yours is ${role}.`
          : `tells of every company, and your account sees only ${company}${needs === null ? '' : `; it also needs the role ${needs}`}.`}
      </p>
      {people.length > 0 && (
        <p>
          To change that, ask{' '}
          {people.map(({ name, email }, index) => (
            <span key={email}>
              {index > 0 && ', '}
              <a href={`mailto:${email}`}>{name === email ? email : `${name} (${email})`}</a>
            </span>
          ))}
          .
        </p>
      )}
      <LinkButton href="/" variant="default">
        To the overview
      </LinkButton>
    </section>
  );
}
