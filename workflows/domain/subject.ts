import type { Json } from '../contracts/json.ts';
import type { CompiledPath, PathBudget, PathMatch } from './compiled-endpoint.ts';
import { textOf, VALUE_TEXT_LIMIT } from './json-text.ts';
import { MASK, maskJson, secretNameTest } from './redaction.ts';

/** What one alert is planned from: its item of the body and the reading of paths, shared over the whole webhook. */
export interface Subject {
  item: Json;
  /** The item stands under a secret name. */
  isSecret: boolean;
  /** The first value of a path, for decisions only: it may be a secret. */
  find(path: CompiledPath): PathMatch | null;
  /** The value as text for decisions, the sender's own. */
  rawText(match: PathMatch): string;
  /** The value as text for tickets and people, secrets masked. */
  shownText(match: PathMatch): string;
  masked(value: Json): Json;
}

/** What all alerts of one webhook share. */
export interface Reading {
  body: Json;
  budget: PathBudget;
  secretWords: readonly string[] | undefined;
  bodyMatches: Map<CompiledPath, PathMatch | null>;
  /** Texts of objects and lists, each made once. */
  rawTexts: Map<Json, string>;
  shownTexts: Map<Json, string>;
}

/** How many values the paths of one webhook may look at in all, so that no body takes a plan more than a quarter of a second. */
const VALUES_PER_PLAN = 750_000;
/** So many characters of a text cost as much as looking at one more value; what comes after the longest is never read. */
const CHARACTERS_PER_VALUE = 8;

export function beginReading(body: Json, secretWords: readonly string[] | undefined): Reading {
  return {
    body,
    budget: { left: VALUES_PER_PLAN },
    secretWords,
    bodyMatches: new Map(),
    rawTexts: new Map(),
    shownTexts: new Map(),
  };
}

/** The subject of one item; an item under a secret name is a secret as a whole. */
export function createSubject(match: PathMatch, reading: Reading): Subject {
  const { budget, bodyMatches } = reading;
  const isSecret = secretNameTest(reading.secretWords);
  const isSecretItem = match.names.some(isSecret);
  const roots = { item: match.value, body: reading.body };
  const charged = (text: string): string => {
    budget.left -= 1 + Math.floor(Math.min(text.length, VALUE_TEXT_LIMIT) / CHARACTERS_PER_VALUE);
    return text;
  };
  return {
    item: match.value,
    isSecret: isSecretItem,
    find: (path) => {
      if (budget.left < 0) return null;
      if (path.start === 'item') return path.first(roots, budget);
      const known = bodyMatches.get(path);
      if (known !== undefined) return known;
      const found = path.first(roots, budget);
      bodyMatches.set(path, found);
      return found;
    },
    rawText: (found) => charged(once(reading.rawTexts, found.value, textOf)),
    shownText: (found) =>
      isSecretItem || found.names.some(isSecret)
        ? MASK
        : charged(once(reading.shownTexts, found.value, (value) => textOf(value, isSecret))),
    masked: (value) => (isSecretItem ? MASK : maskJson(value, reading.secretWords)),
  };
}

function once(texts: Map<Json, string>, value: Json, make: (value: Json) => string): string {
  if (typeof value !== 'object' || value === null) return make(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const made = make(value);
  texts.set(value, made);
  return made;
}
