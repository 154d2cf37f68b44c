'use client';

import { useDraft } from './draft.tsx';
import { TextAt } from './fields.tsx';
import { PickAt } from './pick-at.tsx';

const MORE = ['status', 'type', 'subtype', 'item', 'severity', 'impact'] as const;

/** What holds where a rule matches. What is asked for rarely is folded until it is set. */
export function OverrideFields({ path }: { path: string }) {
  const draft = useDraft();
  const at = (name: string) => `${path}.${name}`;
  const board = draft.at(at('board')) || draft.at('ticketing.board');
  const parent = typeof board === 'string' ? board : '';
  const isSet = MORE.some((name) => Boolean(draft.at(at(name))));
  return (
    <>
      <div className="grid-fields">
        <PickAt path={at('board')} label="Board" kind="boards" />
        <PickAt path={at('priority')} label="Priority" kind="priorities" />
        <PickAt path={at('companyId')} label="Company" kind="companies" />
      </div>
      <details open={isSet || undefined}>
        <summary className="label">Status, type, subtype, item, severity, impact</summary>
        <div className="grid-fields">
          <PickAt path={at('status')} label="Status" kind="statuses" parent={parent} />
          <PickAt path={at('type')} label="Type" kind="types" parent={parent} />
          <PickAt path={at('subtype')} label="Subtype" kind="subtypes" parent={parent} />
          <PickAt path={at('item')} label="Item" kind="items" parent={parent} />
          <TextAt path={at('severity')} label="Severity" />
          <TextAt path={at('impact')} label="Impact" />
        </div>
      </details>
    </>
  );
}
