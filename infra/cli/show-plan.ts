/** A plan as REST answers it, as far as the command line shows it. */
export interface ShownPlan {
  dryRun: boolean;
  changed: number;
  plan: {
    kind: string;
    action: 'create' | 'update' | 'unchanged' | 'delete';
    name: string;
    changes: string[];
    notes: string[];
    url?: string;
    token?: string;
  }[];
  notes: string[];
  notCarried?: { place: string; endpoint: string | null; reason: string }[];
}

const SIGNS = { create: '+', update: '~', unchanged: ' ', delete: '-' } as const;

/** The plan in lines for people: what changes, what to know, what was made, and a sum. */
export function planLines({ dryRun, changed, plan, notes, notCarried = [] }: ShownPlan): string[] {
  const things = plan.flatMap(({ kind, action, name, changes, notes: own, url, token }) => [
    `${SIGNS[action]} ${action.padEnd(9)} ${kind} "${name}"${changes.length > 0 ? `: ${changes.join(', ')}` : ''}`,
    ...own.map((note) => `    ${note}`),
    ...(url === undefined ? [] : [`    URL    ${url}`]),
    ...(token === undefined ? [] : [`    Token  ${token}  (not shown again)`]),
  ]);
  const left = notCarried.map(({ place, endpoint, reason }) => {
    return `  ${place}${endpoint === null ? '' : ` (${endpoint})`}: ${reason}`;
  });
  const sum =
    changed === 0 ? 'Nothing to change.' : `${changed} of ${plan.length} ${dryRun ? 'would change' : 'changed'}.`;
  return [
    ...things,
    ...(left.length > 0 ? ['', 'Not carried over:', ...left] : []),
    ...(notes.length > 0 ? ['', 'To know:', ...notes.map((note) => `  ${note}`)] : []),
    '',
    sum,
  ];
}
