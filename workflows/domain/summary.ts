/** The longest summary a ticket takes, in code points (ConnectWise allows 100 units of it). */
export const SUMMARY_LIMIT = 99;

export interface SummaryInput {
  prefix: string;
  subject: string;
  remove: readonly string[];
}

/** The whole summary, before the cut: prefix and subject, each removal deleted from both, white space collapsed and trimmed. */
export function wholeSummary(input: SummaryInput): string {
  const prefix = input.prefix.trim();
  let text = prefix === '' ? input.subject : `${prefix} ${input.subject}`;
  for (const removed of input.remove) if (removed !== '') text = text.replaceAll(removed, '');
  const collapsed = text.replace(/\s+/g, ' ').trim();
  if (collapsed !== '') return collapsed;
  return prefix === '' ? 'Summary unavailable' : `${prefix} Summary unavailable`;
}

/** At most 99 code points: a longer summary keeps its first 96 and ends in `...`. */
export function cutSummary(whole: string): string {
  if (whole.length <= SUMMARY_LIMIT) return whole;
  const points = Array.from(whole.slice(0, (SUMMARY_LIMIT + 1) * 2)).slice(0, SUMMARY_LIMIT + 1);
  return points.length <= SUMMARY_LIMIT ? whole : `${points.slice(0, SUMMARY_LIMIT - 3).join('')}...`;
}
