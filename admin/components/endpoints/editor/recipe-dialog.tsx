'use client';

import { Button, Checkbox, Modal, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { listChanges } from '../../../server/endpoints/list-changes.ts';
import type { RecipeLine, RecipeView } from '../../../server/recipes/schemas.ts';
import { SecretsOnce } from '../secrets-once.tsx';
import { ChangeList } from '../version-changes.tsx';
import { applyRecipe, checksOf, createSecret } from './apply-recipe.ts';
import { useDraft } from './draft.tsx';
import { useRest } from './use-rest.ts';

const PROOFS: Record<string, string> = { bearer: 'bearer token', hmac: 'HMAC signature', ip: 'address' };

/** Lays a recipe over the form after showing what it would change there. Nothing is saved by it. */
export function RecipeDialog({ defaults, onClose }: { defaults: object; onClose(): void }) {
  const draft = useDraft();
  const recipes = useRest<{ items: RecipeLine[] }>('/api/v1/recipes');
  const [id, setId] = useState<string | null>(null);
  const recipe = useRest<RecipeView>(id === null ? null : `/api/v1/recipes/${id}`);
  const [secret] = useState(createSecret);
  const [takesChecks, setTakesChecks] = useState(false);
  useEffect(() => setTakesChecks(false), [id]);
  const checks = recipe === null ? [] : checksOf(recipe.endpoint);
  const known = (draft.at('verification') ?? []) as { type: string }[];
  const hasOtherChecks =
    checks.length > 0 && checks.map(({ type }) => type).join() !== known.map(({ type }) => type).join();
  const next = recipe && applyRecipe(draft.value, recipe.endpoint, { defaults, secret: takesChecks ? secret : null });
  const changes = next === null ? [] : listChanges(draft.value, next);
  const apply = () => {
    if (next !== null) draft.replace(next);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Start from a recipe" centered size="lg">
      <div className="stack">
        <Select
          label="Recipe"
          description={recipe?.sentence ?? 'How bodies are read becomes the recipe’s. Boards and names stay.'}
          placeholder="What the sender is"
          data={(recipes?.items ?? []).map(({ id: value, name: label }) => ({ value, label }))}
          value={id}
          onChange={setId}
          searchable
          data-autofocus
        />
        {hasOtherChecks && recipe !== null && (
          <Checkbox
            label={`Check its senders as it can: by ${checks.map(({ type }) => PROOFS[type] ?? type).join(' and ')}`}
            description="Takes the place of the checks there are."
            checked={takesChecks}
            onChange={(event) => setTakesChecks(event.currentTarget.checked)}
          />
        )}
        {takesChecks && checks.some(({ type }) => type === 'hmac') && <SecretsOnce made={{ secret }} />}
        {recipe !== null && (
          <section className="stack" aria-label="What would change in the form">
            {changes.length === 0 && <p className="quiet">The form says all of it already.</p>}
            <div className="scroll stack" tabIndex={0} role="group" aria-label="Changes">
              <ChangeList changes={changes} />
            </div>
          </section>
        )}
        <div className="tools">
          <Button disabled={changes.length === 0} onClick={apply}>
            Put it into the form
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
