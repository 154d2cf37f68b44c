import { MAPPED_FIELDS } from '../../../../workflows/contracts/endpoint-config.ts';
import { isPlain, readJsonColumn, type Carrier } from './carrier.ts';

/** `json_mapping` as our mapping: every field named, null where it is not mapped, so that an import laid over an earlier one takes it away. */
export function convertMapping(given: unknown, carrier: Carrier): Record<string, string | null> {
  const mapping: Record<string, string | null> = Object.fromEntries(MAPPED_FIELDS.map((field) => [field, null]));
  const read = readJsonColumn(given, 'json_mapping', carrier);
  if (read === null) return mapping;
  if (!isPlain(read)) {
    carrier.leave('json_mapping', 'A mapping is an object of field and path.');
    return mapping;
  }
  for (const [field, value] of Object.entries(read)) {
    const place = `json_mapping.${field}`;
    if (!Object.hasOwn(mapping, field))
      carrier.leave(place, 'There is no such field of a ticket; HookWise ignored it too.');
    else if (typeof value !== 'string') carrier.leave(place, 'A mapping is a text; HookWise ignored this one too.');
    else {
      mapping[field] = value;
      if (/\{\s*\$/.test(value))
        carrier.note(`${place}: HookWise took {$…} in a mapping as plain text; here it is filled in.`);
    }
  }
  return mapping;
}
