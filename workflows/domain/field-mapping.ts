import type { MappedField } from '../contracts/endpoint-config.ts';
import type { MappingTrace, PathTrace } from '../contracts/plan-trace.ts';
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
export function mapFields(
  subject: Subject,
  endpoint: CompiledEndpoint,
  warnings: string[],
  trace?: MappingTrace[],
): MappedValues {
  const mapped: MappedValues = {};
  for (const { field, text } of endpoint.mapping) {
    const looked: PathTrace[] | undefined = trace && [];
    const value =
      field === 'description'
        ? subject.inWords(() => mappedValue(text, subject, looked))
        : mappedValue(text, subject, looked);
    const isSecret = value !== null && value.value.includes(MASK) && !WORDING_FIELDS.includes(field);
    trace?.push({ field, paths: looked ?? [], ...told(value, isSecret) });
    if (value === null) continue;
    if (isSecret) {
      warnings.push(`mapping.${field} points at a secret, which is masked; it was left out.`);
      continue;
    }
    mapped[field] = value;
  }
  return mapped;
}

function told(value: MappedValue | null, isSecret: boolean): Pick<MappingTrace, 'value' | 'why'> {
  if (value === null) return { value: null, why: 'None of its paths finds anything.' };
  if (isSecret) return { value: null, why: 'It points at a secret, which is masked.' };
  return { value: cutUnits(value.value, 200), why: null };
}

function mappedValue(text: CompiledText, subject: Subject, looked: PathTrace[] | undefined): MappedValue | null {
  const found: string[] = [];
  const joined = joinText(text, { subject, found, looked });
  const value = cutUnits(joined.trim(), VALUE_TEXT_LIMIT);
  return found.length === 0 || value === '' ? null : { value, paths: found };
}

/** The subject read, the paths that gave something, and, where asked for, what every path gave. */
interface Joining {
  subject: Subject;
  found: string[];
  looked: PathTrace[] | undefined;
}

function joinText(text: CompiledText, joining: Joining): string {
  switch (text.form) {
    case 'path':
      return joinParts([{ kind: 'path', path: text.path }], joining);
    case 'text':
      return joinParts(text.parts, joining);
    case 'words':
      return text.words
        .map((word) => wordText(word, joining))
        .filter((word) => word !== '')
        .join(' ');
  }
}

/** A word whose paths all found nothing goes, with the punctuation glued to it. */
function wordText(word: readonly TextPart[], joining: Joining): string {
  const before = joining.found.length;
  const text = joinParts(word, joining);
  return joining.found.length === before && word.some((part) => part.kind === 'path') ? '' : text;
}

function joinParts(parts: readonly TextPart[], { subject, found, looked }: Joining): string {
  let text = '';
  for (const part of parts) {
    if (part.kind === 'literal') {
      text += part.text;
      subject.spend(part.text.length);
    }
    if (part.kind !== 'path') continue;
    const match = subject.find(part.path);
    const value = match === null || match.value === null ? '' : subject.shownText(match).trim();
    looked?.push({ path: part.path.text, value: value === '' ? null : cutUnits(value, 200) });
    if (value === '') continue;
    text += value;
    found.push(part.path.text);
  }
  return text;
}
