const TONES: Record<string, string> = {
  new: 'calm',
  opening: 'busy',
  open: 'hot',
  closing: 'busy',
  closed: 'good',
  waiting: 'warn',
  blocked: 'bad',
  uncertain: 'bad',
  abandoned: 'calm',
};

export function PhaseBadge({ phase }: { phase: string }) {
  return <span className={`badge ${TONES[phase] ?? 'calm'}`}>{phase}</span>;
}
