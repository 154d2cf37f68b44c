import type { Json } from '../contracts/json.ts';
import type { CompiledPath, PathBudget, PathMatch } from './compiled-endpoint.ts';
import { textOf } from './json-text.ts';
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
}

/** How many values the paths of one webhook may look at in all. */
const VALUES_PER_PLAN = 2_000_000;

export function beginReading(body: Json, secretWords: readonly string[] | undefined): Reading {
  return { body, budget: { left: VALUES_PER_PLAN }, secretWords, bodyMatches: new Map() };
}

/** The subject of one item; an item under a secret name is a secret as a whole. */
export function createSubject(match: PathMatch, reading: Reading): Subject {
  const isSecret = secretNameTest(reading.secretWords);
  const isSecretItem = match.names.some(isSecret);
  const roots = { item: match.value, body: reading.body };
  return {
    item: match.value,
    isSecret: isSecretItem,
    find: (path) => {
      if (path.start === 'item') return path.first(roots, reading.budget);
      const known = reading.bodyMatches.get(path);
      if (known !== undefined) return known;
      const found = path.first(roots, reading.budget);
      reading.bodyMatches.set(path, found);
      return found;
    },
    rawText: (found) => textOf(found.value),
    shownText: (found) =>
      isSecretItem || found.names.some(isSecret) ? MASK : textOf(maskJson(found.value, reading.secretWords)),
    masked: (value) => (isSecretItem ? MASK : maskJson(value, reading.secretWords)),
  };
}
