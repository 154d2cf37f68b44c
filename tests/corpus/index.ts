import { COMPANIES } from './companies.ts';
import type { CorpusCase } from './corpus-case.ts';
import { MAPPINGS } from './mappings.ts';
import { MASKING } from './masking.ts';
import { PATHS } from './paths.ts';
import { ROUTES } from './routes.ts';
import { SPLITS } from './splits.ts';
import { TRIGGERS } from './triggers.ts';
import { WINDOWS } from './windows.ts';
import { WORDING } from './wording.ts';

/** Every (configuration, body) pair with the plan that the facts ask for. */
export const CORPUS: readonly CorpusCase[] = [
  ...PATHS,
  ...MAPPINGS,
  ...TRIGGERS,
  ...WORDING,
  ...COMPANIES,
  ...ROUTES,
  ...WINDOWS,
  ...MASKING,
  ...SPLITS,
];
