'use client';

import { Button, FileButton, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { postRest } from '../../lib/post-rest.ts';
import type { ImportView } from '../../server/transfer/hookwise/import.ts';
import { FileFaults, PlanTable } from './plan-table.tsx';
import { usePlan } from './use-plan.ts';

/** Carries a backup of the Python HookWise over: addresses and tokens stay. */
export function ImportForm() {
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [fernetKey, setFernetKey] = useState('');
  const { plan, refusal, isBusy, preview, carryOut, forget } = usePlan<ImportView>((isReal) =>
    postRest(`/api/v1/import/hookwise?apply=${isReal}`, {
      backup: file?.text ?? '',
      fernetKey: fernetKey === '' ? null : fernetKey,
    }),
  );
  return (
    <form
      className="card stack"
      aria-label="Come from HookWise"
      onSubmit={(event) => {
        event.preventDefault();
        void preview();
      }}
    >
      <h2>Come from HookWise</h2>
      <p className="quiet">A backup of the Python HookWise. Addresses and tokens stay, so senders need no change.</p>
      <div className="tools">
        <FileButton
          onChange={async (chosen) => {
            if (chosen === null) return;
            setFile({ name: chosen.name, text: await chosen.text() });
            forget();
          }}
        >
          {(props) => (
            <Button {...props} variant="default">
              Choose the backup
            </Button>
          )}
        </FileButton>
        <span className="quiet">{file?.name ?? 'none chosen'}</span>
      </div>
      <PasswordInput
        label="Its ENCRYPTION_KEY"
        description="Opens its tokens. Without it new ones are made."
        autoComplete="off"
        value={fernetKey}
        onChange={(event) => {
          setFernetKey(event.currentTarget.value);
          forget();
        }}
      />
      {refusal !== null && <FileFaults {...refusal} />}
      {plan !== null && <PlanTable plan={plan} />}
      {plan !== null && plan.notCarried.length > 0 && (
        <details>
          <summary>Not carried over: {plan.notCarried.length}</summary>
          <ul className="rows">
            {plan.notCarried.map(({ place, endpoint, reason }, index) => (
              <li key={index}>
                <span>
                  {reason}
                  {endpoint !== null && <small className="quiet block">{endpoint}</small>}
                </span>
                <code>{place}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="tools">
        <Button type="submit" variant="default" loading={isBusy} disabled={file === null}>
          Preview
        </Button>
        {plan?.dryRun === true && plan.changed > 0 && (
          <Button loading={isBusy} onClick={carryOut}>
            Import
          </Button>
        )}
      </div>
    </form>
  );
}
