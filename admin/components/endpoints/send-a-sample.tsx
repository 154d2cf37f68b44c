'use client';

import { Tabs, TextInput } from '@mantine/core';
import { snippetsOf, type SenderFacts } from '../../lib/snippets.ts';
import { CopyIcon } from './copy-icon.tsx';

/** The address, the token where it is known, and ready lines to send a sample with. */
export function SendASample({ facts, isTokenKnown }: { facts: SenderFacts; isTokenKnown: boolean }) {
  const snippets = snippetsOf(facts);
  return (
    <div className="stack">
      <TextInput label="URL" value={facts.url} readOnly rightSection={<CopyIcon what="URL" text={facts.url} />} />
      {facts.token !== null && isTokenKnown && (
        <TextInput
          label="Bearer token"
          description="Shown this once. Keep it where the sender is configured."
          value={facts.token}
          readOnly
          rightSection={<CopyIcon what="token" text={facts.token} />}
        />
      )}
      <Tabs defaultValue="curl" keepMounted={false}>
        <Tabs.List>
          {snippets.map(({ language }) => (
            <Tabs.Tab key={language} value={language}>
              {language}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(({ language, text }) => (
          <Tabs.Panel key={language} value={language} pt="xs">
            <div className="snippet">
              <pre className="code" tabIndex={0} aria-label={`Sample in ${language}`}>
                {text}
              </pre>
              <CopyIcon what={language} text={text} />
            </div>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
