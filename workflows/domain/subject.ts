import type { Json } from '../contracts/json.ts';
import type { TenantMapping } from './tenant-map.ts';
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
  /** Makes words that decide nothing, such as a description: what they cost is counted apart. */
  inWords<T>(make: () => T): T;
  /** Counts work on so many characters that no path brought. */
  spend(characters: number): void;
  /** Whether alerts may still be told at length. */
  hasRoom(): boolean;
  allowance: Allowance;
}

/** What the alerts of one webhook may still take in all; below 0 there is no more. */
export interface Allowance {
  /** Rules that are tried. */
  rules: number;
  /** Tenants held against globs. */
  globs: number;
  /** Characters of the alerts as JSON text; Infinity for the one alert of a webhook, whose parts are cut each. */
  texts: number;
  /** The first alert that is told shortly; null while none is. */
  firstShort: number | null;
  /** Tenants looked up, each once. */
  tenants: Map<string, TenantMapping | null>;
}

/** What all alerts of one webhook share. */
export interface Reading {
  body: Json;
  /** What is counted on now: `deciding`, or `wording` while words are made. */
  budget: PathBudget;
  deciding: PathBudget;
  wording: PathBudget;
  allowance: Allowance;
  secretWords: readonly string[] | undefined;
  bodyMatches: Map<CompiledPath, PathMatch | null>;
  /** Texts of objects and lists, each made once. */
  rawTexts: Map<Json, string>;
  shownTexts: Map<Json, string>;
}

/** How many values the paths of one webhook may look at in all, so that no body takes a plan more than a quarter of a second. */
const DECIDING_VALUES = 400_000;
const WORDING_VALUES = 200_000;
export const RULES_PER_PLAN = 100_000;
const GLOBS_PER_PLAN = 1_000_000;
/** Alerts whose texts are longer together are told shortly, so that no plan takes more memory than a planner has. */
export const TEXTS_PER_PLAN = 8 * 1_048_576;
/** So many characters of a text cost as much as looking at one more value; what comes after the longest is never read. */
const CHARACTERS_PER_VALUE = 8;

export function beginReading(body: Json, secretWords: readonly string[] | undefined): Reading {
  const deciding = { left: DECIDING_VALUES };
  return {
    body,
    budget: deciding,
    deciding,
    wording: { left: WORDING_VALUES },
    allowance: {
      rules: RULES_PER_PLAN,
      globs: GLOBS_PER_PLAN,
      texts: Infinity,
      firstShort: null,
      tenants: new Map(),
    },
    secretWords,
    bodyMatches: new Map(),
    rawTexts: new Map(),
    shownTexts: new Map(),
  };
}

/** The subject of one item; an item under a secret name is a secret as a whole. */
export function createSubject(match: PathMatch, reading: Reading): Subject {
  const { bodyMatches } = reading;
  const isSecret = secretNameTest(reading.secretWords);
  const isSecretItem = match.names.some(isSecret);
  const roots = { item: match.value, body: reading.body };
  const spend = (characters: number): void => {
    reading.budget.left -= 1 + Math.floor(characters / CHARACTERS_PER_VALUE);
  };
  const charged = (text: string): string => {
    spend(Math.min(text.length, VALUE_TEXT_LIMIT));
    return text;
  };
  return {
    item: match.value,
    isSecret: isSecretItem,
    find: (path) => {
      const { budget } = reading;
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
    inWords: (make) => {
      reading.budget = reading.wording;
      try {
        return make();
      } finally {
        reading.budget = reading.deciding;
      }
    },
    spend,
    hasRoom: () => reading.allowance.texts > 0 && reading.wording.left >= 0,
    allowance: reading.allowance,
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
