'use client';

import { useEffect, useState } from 'react';
import type { RecipeView } from '../../server/recipes/schemas.ts';

/** How the sender of a recipe is set up, with the address and the secrets of the endpoint just made. */
export function RecipeSteps({
  recipe,
  url,
  token,
  secret,
}: {
  recipe: string;
  url: string;
  token: string | null;
  secret: string | null;
}) {
  const [view, setView] = useState<RecipeView | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    fetch(`/api/v1/recipes/${encodeURIComponent(recipe)}`, { signal: stop.signal })
      .then(async (response) => response.ok && setView((await response.json()) as RecipeView))
      .catch(() => undefined);
    return () => stop.abort();
  }, [recipe]);
  if (view === null) return null;
  const filled = (text: string) =>
    text
      .replaceAll(view.setup.url, url)
      .replaceAll('<token>', token ?? '<token>')
      .replaceAll('<secret>', secret ?? '<secret>');
  return (
    <section className="stack" aria-label="Set up the sender">
      <h3 className="sub">Set up {view.name}</h3>
      <ol className="steps">
        {view.setup.steps.map((step) => (
          <li key={step.text}>
            {filled(step.text)}
            {step.paste !== undefined && (
              <pre className="code body-text" tabIndex={0}>
                {filled(step.paste)}
              </pre>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
