'use client';

import { Button } from '@mantine/core';

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
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
