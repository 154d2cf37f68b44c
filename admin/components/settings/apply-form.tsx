'use client';

import { Button, Checkbox, FileButton, PasswordInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { postRest } from '../../lib/post-rest.ts';
import type { PlanView } from '../../server/transfer/plan-item.ts';
import { FileFaults, PlanTable } from './plan-table.tsx';
import { usePlan } from './use-plan.ts';

/** Brings the configuration to what a YAML file says; first the plan, then the deed. */
export function ApplyForm() {
  const [file, setFile] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [prune, setPrune] = useState(false);
  const [confirm, setConfirm] = useState(false);
  const { plan, refusal, isBusy, preview, carryOut, forget } = usePlan<PlanView>((isReal) => {
    const query = new URLSearchParams({ dryRun: String(!isReal), prune: String(prune) });
    if (confirm) query.set('confirm', 'identity');
    return postRest(`/api/v1/apply?${query}`, { file, passphrase: passphrase === '' ? null : passphrase });
  });
  const change = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      forget();
    };
  };
  return (
    <form
      className="card stack"
      aria-label="Apply a file"
      onSubmit={(event) => {
        event.preventDefault();
        void preview();
      }}
    >
      <div className="head">
        <h2>Apply a file</h2>
        <FileButton
          accept=".yaml,.yml,text/yaml"
          onChange={async (chosen) => chosen !== null && change(setFile)(await chosen.text())}
        >
          {(props) => (
            <Button {...props} variant="default">
              Choose a file
            </Button>
          )}
        </FileButton>
      </div>
      <Textarea
        label="YAML"
        placeholder={'hookwise: 1\nendpoints:\n  - name: Web shop'}
        autosize
        minRows={4}
        maxRows={16}
        required
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: '0.85rem' } }}
        value={file}
        onChange={(event) => change(setFile)(event.currentTarget.value)}
      />
      <PasswordInput
        label="Passphrase"
        description="Only where its secrets are encrypted."
        autoComplete="off"
        value={passphrase}
        onChange={(event) => change(setPassphrase)(event.currentTarget.value)}
      />
      <Checkbox
        label="Delete what the parts of the file do not name"
        checked={prune}
        onChange={(event) => change(setPrune)(event.currentTarget.checked)}
      />
      <Checkbox
        label="Also where open incidents would not be found again by their sender’s next alert"
        checked={confirm}
        onChange={(event) => change(setConfirm)(event.currentTarget.checked)}
      />
      {refusal !== null && <FileFaults {...refusal} />}
      {plan !== null && <PlanTable plan={plan} />}
      <div className="tools">
        <Button type="submit" variant="default" loading={isBusy} disabled={file.trim() === ''}>
          Preview
        </Button>
        {plan?.dryRun === true && plan.changed > 0 && (
          <Button loading={isBusy} color={prune ? 'red' : 'blue'} onClick={carryOut}>
            Apply {plan.changed} {plan.changed === 1 ? 'change' : 'changes'}
          </Button>
        )}
      </div>
    </form>
  );
}
