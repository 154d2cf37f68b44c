'use client';

import { useActionState } from 'react';
import type { OrderState } from '../app/(console)/incidents/[id]/actions.ts';

type Order = (before: OrderState | null, form: FormData) => Promise<OrderState>;

/** What a person can ask of an incident. */
export function OrderForms({ action, isUncertain }: { action: Order; isUncertain: boolean }) {
  const [state, send, isBusy] = useActionState(action, null);
  return (
    <form className="card stack" action={send}>
      <h2>Act</h2>
      <label>
        Words for the note or the close
        <textarea name="text" rows={3} maxLength={20_000} />
      </label>
      <div className="row">
        <button className="button" name="kind" value="note" disabled={isBusy}>
          Add note
        </button>
        <button className="button" name="kind" value="close" disabled={isBusy}>
          Close
        </button>
        <button className="button" name="kind" value="retry" disabled={isBusy}>
          Try again now
        </button>
        {isUncertain && (
          <button className="button" name="kind" value="create" disabled={isBusy}>
            Create a ticket anyway
          </button>
        )}
      </div>
      <p role="status" className={state === null ? 'quiet' : `badge-text ${state.tone}`}>
        {isBusy ? 'Asking …' : (state?.text ?? '')}
      </p>
    </form>
  );
}
