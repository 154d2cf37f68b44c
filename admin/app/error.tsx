'use client';

import { Button } from '@mantine/core';
import { FORBIDDEN_DIGEST } from '../server/errors.ts';

/** What a page that fails says. Of an error on the server only its digest comes here. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  if (error.digest === FORBIDDEN_DIGEST)
    return (
      <section className="card stack empty alone" role="alert">
        <h1>Not for your account</h1>
        <p className="quiet">Your role, or the company to which your account is limited, does not include this page.</p>
        <p className="quiet">Ask an administrator; they change both under Settings, People.</p>
      </section>
    );
  return (
    <section className="card stack empty alone" role="alert">
      <h1>This page cannot be shown now</h1>
      <p className="quiet">
        Most often the database does not answer at the moment. Webhooks are refused with 503 while it is away, and none
        that was accepted is lost.
      </p>
      <Button onClick={reset}>Try again</Button>
    </section>
  );
}
