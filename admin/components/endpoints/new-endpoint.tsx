'use client';

import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { Link } from '../link.tsx';
import { useState, type FormEvent } from 'react';
import { makeEndpoint } from '../../app/(console)/endpoints/actions.ts';
import type { SenderFacts } from '../../lib/snippets.ts';
import type { RecipeLine } from '../../server/recipes/schemas.ts';
import { RecipeSteps } from './recipe-steps.tsx';
import { useAct } from '../../lib/use-act.ts';
import { FirstArrival } from './first-arrival.tsx';
import { SendASample } from './send-a-sample.tsx';

interface Made {
  id: string;
  name: string;
  url: string;
  token: string | null;
  secret: string | null;
  hmac: SenderFacts['hmac'];
}

/** A name makes an endpoint; then its address, its token and the first webhook arriving. */
export function NewEndpoint({ sampleBody, recipes }: { sampleBody: string; recipes: readonly RecipeLine[] }) {
  const { run, isBusy } = useAct();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [recipe, setRecipe] = useState<string | null>(null);
  const [made, setMade] = useState<Made | null>(null);

  const chosen = recipes.find(({ id }) => id === recipe) ?? null;

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const acted = await run(
      () => makeEndpoint({ name: form.get('name'), description: form.get('description') }, recipe),
      'The endpoint is made.',
    );
    if (!acted.ok) return setFaults(Object.fromEntries(acted.faults.map(({ path, message }) => [path, message])));
    const { id, name, url, token, secret, verification } = acted.value;
    const hmac = verification.find((entry) => entry.type === 'hmac') ?? null;
    setMade({ id, name, url, token: token ?? null, secret: secret ?? null, hmac });
  }

  if (made !== null)
    return (
      <>
        <section className="card stack" aria-label="The new endpoint">
          <h2>{made.name} is ready</h2>
          <SendASample facts={{ url: made.url, token: made.token, hmac: made.hmac, body: sampleBody }} isTokenKnown />
          {made.secret !== null && (
            <TextInput label="Signing secret" description="Shown this once." value={made.secret} readOnly />
          )}
          {chosen !== null && <RecipeSteps recipe={chosen.id} url={made.url} token={made.token} secret={made.secret} />}
        </section>
        <FirstArrival endpointId={made.id} />
        <div className="tools">
          <Button component={Link} href={`/endpoints/${made.id}/edit`}>
            Configure it
          </Button>
          <Button component={Link} href={`/endpoints/${made.id}`} variant="default">
            To its page
          </Button>
        </div>
      </>
    );
  return (
    <form className="card stack" onSubmit={make}>
      <TextInput
        name="name"
        label="Name"
        description="As people call the sender. It is part of ticket texts."
        placeholder="Uptime Kuma production"
        maxLength={100}
        required
        error={faults['name']}
        data-autofocus
        autoFocus
      />
      <Select
        label="Recipe"
        description={chosen?.sentence ?? 'What the sender is. Without one it starts as Uptime Kuma sends.'}
        placeholder="From scratch"
        data={recipes.map(({ id, name }) => ({ value: id, label: name }))}
        value={recipe}
        onChange={setRecipe}
        searchable
        clearable
      />
      <Textarea name="description" label="Description" rows={2} maxLength={4000} error={faults['description']} />
      {chosen === null && (
        <p className="lead">
          <code>heartbeat.status</code> 0 opens a ticket, 1 closes it, and a bearer token is asked for. All of it can be
          changed afterwards.
        </p>
      )}
      <div className="tools">
        <Button type="submit" loading={isBusy}>
          Make the endpoint
        </Button>
        <Button component={Link} href="/endpoints" variant="default">
          Cancel
        </Button>
      </div>
    </form>
  );
}
