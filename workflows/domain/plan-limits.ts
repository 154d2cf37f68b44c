import { RULES_PER_PLAN, TEXTS_PER_PLAN, type Reading } from './subject.ts';

/** Even told shortly, alerts take no more characters than this together. */
const LONGEST_PLAN = 2 * TEXTS_PER_PLAN;

/** Why the alerts of a webhook cannot be decided on rightly, told after its alert `n`; null while they can. */
export function limitPassed(
  { deciding, allowance }: Reading,
  { n, items, rules }: { n: number; items: number; rules: number },
): string | null {
  if (allowance.globs < 0)
    return 'The tenants this webhook names are too many for the patterns of the tenant map. Send fewer alerts in one webhook, or map tenants by their exact names.';
  if (items === 1) return null;
  if (deciding.left < 0)
    return `This webhook is too large for the paths of its endpoint: only the first ${n} of its ${items} alerts could be read. Send fewer alerts in one webhook, or name what you want more closely than with “..”, “*” or long fixed words.`;
  if (allowance.rules < 0)
    return `${rules} routing rules for ${items} alerts are more than the ${RULES_PER_PLAN} tries of one webhook. Send fewer alerts in one webhook, or use fewer rules.`;
  if (allowance.texts < TEXTS_PER_PLAN - LONGEST_PLAN)
    return `The texts of the ${items} alerts of this webhook are longer than ${LONGEST_PLAN / 1_048_576} MiB together. Send fewer alerts in one webhook, or map shorter texts.`;
  return null;
}

/** What was left out of a plan that was made. */
export function limitWarnings({ deciding, wording, allowance: { firstShort } }: Reading): string[] {
  if (firstShort !== null)
    return [
      `The texts of the alerts are too large together: from alert ${firstShort + 1} on, descriptions are short, and matched rules and mapped values are not kept.`,
    ];
  if (deciding.left >= 0 && wording.left >= 0) return [];
  return [
    'The body is too large for these paths: some found nothing. Name what you want more closely than with “..” or “*”.',
  ];
}
