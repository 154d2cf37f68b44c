import type { TextPart } from './compiled-endpoint.ts';
import { cutUnits, printJson } from './json-text.ts';
import type { Subject } from './subject.ts';

/** Longest description of a ticket, in characters. */
export const DESCRIPTION_LIMIT = 30_000;
/** A word of an alert that is told shortly. */
export const SHORT_WORDS = 200;

export interface DescriptionWords {
  name: string;
  message: string;
  requestId: string;
}

/** Name, message, request id and the masked JSON, which stands last. */
export function defaultDescription(words: DescriptionWords, subject: Subject): string {
  const head = `Source: ${words.name}\nMessage: ${words.message}\nRequest ID: ${words.requestId}\n\nPayload:\n`;
  const payload = printJson(subject.masked(subject.item), { indent: 2, limit: DESCRIPTION_LIMIT });
  subject.spend(payload.length);
  return cutDescription(head + payload);
}

/** What is told where the alerts of a webhook are too large together for a description each. */
export function shortDescription(words: DescriptionWords): string {
  const [name, message] = [cutUnits(words.name, SHORT_WORDS), cutUnits(words.message, SHORT_WORDS)];
  return `Source: ${name}\nMessage: ${message}\nRequest ID: ${words.requestId}\n… (cut: the alerts of this webhook are too large together)`;
}

/** A template expanded once: what a value brings is never read again. Missing paths leave nothing. */
export function expandTemplate(template: readonly TextPart[], words: DescriptionWords, subject: Subject): string {
  let text = '';
  for (const part of template) {
    if (text.length > DESCRIPTION_LIMIT) break;
    text += partText(part, words, subject);
  }
  return cutDescription(text.trim());
}

/** A description that is too long ends with a word that says so. */
export function cutDescription(text: string): string {
  if (text.length <= DESCRIPTION_LIMIT) return text;
  const ending = '\n… (cut)';
  return cutUnits(text, DESCRIPTION_LIMIT - ending.length) + ending;
}

function partText(part: TextPart, words: DescriptionWords, subject: Subject): string {
  switch (part.kind) {
    case 'literal':
      subject.spend(part.text.length);
      return part.text;
    case 'path': {
      const match = subject.find(part.path);
      return match === null || match.value === null ? '' : subject.shownText(match);
    }
    case 'variable':
      return { monitor_name: words.name, msg: words.message, request_id: words.requestId }[part.name];
  }
}
