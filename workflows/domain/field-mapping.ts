import type { MappedField } from '../contracts/endpoint-config.ts';
import type { CompiledEndpoint, CompiledText, TextPart } from './compiled-endpoint.ts';
import { cutUnits, VALUE_TEXT_LIMIT } from './json-text.ts';
import { MASK } from './redaction.ts';
import type { Subject } from './subject.ts';

export interface MappedValue {
  value: string;
  /** The paths that gave something. */
  paths: string[];
}

export type MappedValues = Partial<Record<MappedField, MappedValue>>;

/** Fields that choose or route; a masked value means nothing there. */
const WORDING_FIELDS: readonly MappedField[] = ['summary', 'description'];

/** The mapped fields that have a value: at least one path found something non-blank. Trimmed, secrets masked. */
export function mapFields(subject: Subject, endpoint: CompiledEndpoint, warnings: string[]): MappedValues {
  const mapped: MappedValues = {};
  for (const { field, text } of endpoint.mapping) {
    const value = mappedValue(text, subject);
    if (value === null) continue;
    if (value.value.includes(MASK) && !WORDING_FIELDS.includes(field)) {
      warnings.push(`mapping.${field} points at a secret, which is masked; it was left out.`);
      continue;
    }
    mapped[field] = value;
  }
  return mapped;
}

function mappedValue(text: CompiledText, subject: Subject): MappedValue | null {
  const found: string[] = [];
  const joined = joinText(text, subject, found);
  const value = cutUnits(joined.trim(), VALUE_TEXT_LIMIT);
  return found.length === 0 || value === '' ? null : { value, paths: found };
}

function joinText(text: CompiledText, subject: Subject, found: string[]): string {
  switch (text.form) {
    case 'path':
      return joinParts([{ kind: 'path', path: text.path }], subject, found);
    case 'text':
      return joinParts(text.parts, subject, found);
    case 'words':
      return text.words
        .map((word) => wordText(word, subject, found))
        .filter((word) => word !== '')
        .join(' ');
  }
}

/** A word whose paths all found nothing goes, with the punctuation glued to it. */
function wordText(word: readonly TextPart[], subject: Subject, found: string[]): string {
  const before = found.length;
  const text = joinParts(word, subject, found);
  return found.length === before && word.some((part) => part.kind === 'path') ? '' : text;
}

function joinParts(parts: readonly TextPart[], subject: Subject, found: string[]): string {
  let text = '';
  for (const part of parts) {
    if (part.kind === 'literal') text += part.text;
    if (part.kind !== 'path') continue;
    const match = subject.find(part.path);
    const value = match === null || match.value === null ? '' : subject.shownText(match).trim();
    if (value === '') continue;
    text += value;
    found.push(part.path.text);
  }
  return text;
}
