import type { TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { Json } from '../../workflows/contracts/json.ts';
import type { AlertKind, SkipReason } from '../../workflows/contracts/plan.ts';

/** A ready endpoint for one kind of sender: what to save, what the sender posts, what becomes of it, how the sender is set up. */
export interface Recipe {
  /** Kebab-case, as in `POST /api/v1/endpoints?recipe=<id>`. */
  id: string;
  name: string;
  /** One sentence for people who choose. */
  sentence: string;
  /** The body of `POST /api/v1/endpoints`, what is not said being the default. */
  endpoint: RecipeEndpoint;
  /** Whether the sender tells of the end itself, or a person closes the ticket. */
  endsBy: 'recovery' | 'person';
  samples: RecipeSample[];
  setup: RecipeSetup;
}

export interface RecipeEndpoint {
  name: string;
  description: string;
  ticketing: Partial<TicketingConfig>;
  verification: RecipeVerification[];
}

/** As REST takes it, but without a secret: one is made when the endpoint is, and answered once. */
export type RecipeVerification =
  | { type: 'bearer' }
  | {
      type: 'hmac';
      algorithm: 'sha1' | 'sha256' | 'sha512';
      header: string;
      encoding: 'hex' | 'base64';
      prefix: string;
    };

/** A request as the sender makes it, and the plan that must come of it. */
export interface RecipeSample {
  name: string;
  says: 'open' | 'repeat' | 'recovery' | 'other';
  /** Headers besides the content type and the verification's. */
  headers?: Record<string, string>;
  body: Json;
  alerts: ExpectedAlert[];
}

export interface ExpectedAlert {
  kind: AlertKind;
  summary: string;
  /** Alerts with the same word belong to the same incident, those with different words never do. */
  incident: string;
  severity?: 'Low' | 'Medium' | 'High';
  impact?: 'Low' | 'Medium' | 'High';
  companyId?: string;
  /** Why nothing comes of it. */
  skipped?: SkipReason;
}

/** `{url}`, `{token}` and `{secret}` stand for what making the endpoint answers. */
export interface RecipeSetup {
  /** What proves that a webhook is the sender's, in one sentence. */
  proof: string;
  /** The header the sender adds; null where it makes its own. */
  header: string | null;
  steps: RecipeStep[];
}

export interface RecipeStep {
  text: string;
  /** What to paste. */
  paste?: string;
  language?: 'bash' | 'javascript' | 'json' | 'powershell' | 'text' | 'yaml';
}

/** The header of a bearer token, as most senders take it. */
export const BEARER_HEADER = 'Authorization: Bearer {token}';

/** Senders' words for how bad it is, as severities that every ticket system takes; the first path that is there counts. */
export function severityRules(path: string, words: { high: string; medium: string; low: string }) {
  return (['Low', 'Medium', 'High'] as const).map((severity) => ({
    path,
    pattern: words[severity.toLowerCase() as 'low' | 'medium' | 'high'],
    overrides: { severity },
  }));
}
