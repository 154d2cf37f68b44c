'use client';

import { MAPPED_FIELDS } from '../../../../workflows/contracts/endpoint-config.ts';
import { TextAt } from './fields.tsx';

const LABELS: Partial<Record<(typeof MAPPED_FIELDS)[number], string>> = {
  customer_id: 'Company',
  ticket_type: 'Type',
};

/** Which values of a body become which field of the ticket. */
export function Mapping() {
  return (
    <div className="grid-fields">
      {MAPPED_FIELDS.map((field) => (
        <TextAt
          key={field}
          path={`ticketing.mapping.${field}`}
          label={LABELS[field] ?? field.charAt(0).toUpperCase() + field.slice(1)}
          placeholder={field === 'summary' ? '{$.host}: {$.trigger.name}' : '$.path'}
          mono
        />
      ))}
    </div>
  );
}
