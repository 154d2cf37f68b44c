import { headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { mayOpen, pageAt, type PagePath } from '../config/nav.ts';
import { actorOf } from '../server/authenticate.ts';
import { contextOf } from '../server/context.ts';
import { VerbError } from '../server/errors.ts';
import { NONCE_HEADER } from '../server/front/nonce-header.ts';
import { answerPage } from '../server/front/page-answers.ts';
import { PAGE_HEADER } from '../server/front/page-header.ts';
import type { VerbContext } from '../server/verb.ts';
import { nextPage, signInAddress } from './next-page.ts';

/**
 * The context of a page for whoever is signed in; sends everyone else to the sign-in page, which leads back here. The page and
 * what stands around it look the session up once.
 */
export const pageContext = cache(async (): Promise<VerbContext> => {
  const context = contextOf();
  const sent = await headers();
  const actor = await actorOf(context, sent).catch((error: unknown) => {
    if (error instanceof VerbError && error.code === 'unavailable') answerPage(sent.get(NONCE_HEADER), 503);
    throw error;
  });
  if (actor === null) redirect(signInAddress(nextPage(sent.get(PAGE_HEADER))));
  return { ...context, actor };
});

/** Lets the address that was asked for be answered 403 where its page is not for whoever asks; the page itself says why. */
export async function answerForbiddenPage({ actor }: VerbContext): Promise<void> {
  const sent = await headers();
  const page = pageAt(sent.get(PAGE_HEADER) ?? '');
  if (page !== null && !mayOpen(actor, page.href)) answerPage(sent.get(NONCE_HEADER), 403);
}

/** The same for a page that is not for everybody: others are told so, and whom to ask. */
export async function pageContextFor(page: PagePath): Promise<VerbContext> {
  const context = await pageContext();
  if (!mayOpen(context.actor, page)) forbidden();
  return context;
}

/** What `ask` answers, or the not-found page where the verb says that the thing is not there. */
export async function orNotFound<T>(ask: Promise<T>): Promise<T> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof VerbError && error.code === 'not-found') notFound();
    throw error;
  }
}
