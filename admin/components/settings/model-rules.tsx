'use client';

import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { saveSettings } from '../../app/(console)/settings/actions.ts';
import { useAct } from '../../lib/use-act.ts';

/** What the model is told before each question, and how much it may use in a day. */
export function ModelRules({
  prompt,
  tokensPerDay,
  mayChange,
}: {
  prompt: string | null;
  tokensPerDay: number | null;
  mayChange: boolean;
}) {
  const { run, isBusy } = useAct();
  const [text, setText] = useState(prompt ?? '');
  const [tokens, setTokens] = useState(tokensPerDay?.toString() ?? '');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const save = async () => {
    const body = {
      analysisPrompt: text.trim() === '' ? null : text,
      analysisTokensPerDay: tokens === '' ? null : Number(tokens),
    };
    const acted = await run(() => saveSettings(body), 'Saved.');
    setFaults(acted.ok ? {} : Object.fromEntries(acted.faults.map(({ path, message }) => [path, message])));
  };
  return (
    <form
      className="card stack"
      aria-label="Rules of root causes"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>Rules of root causes</h2>
      <Textarea
        label="What the model is told first"
        description="Blank: the built-in words. An endpoint’s own instructions come after it."
        autosize
        minRows={3}
        maxRows={12}
        readOnly={!mayChange}
        value={text}
        error={faults['analysisPrompt']}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        type="number"
        label="Tokens a day"
        description="Blank: no limit. When they are used up, tickets are made without a root cause."
        min={1}
        readOnly={!mayChange}
        value={tokens}
        error={faults['analysisTokensPerDay']}
        onChange={(event) => setTokens(event.currentTarget.value)}
      />
      {mayChange && (
        <div>
          <Button type="submit" loading={isBusy}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
