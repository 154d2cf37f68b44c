import type { z } from 'zod';
import { VARIABLES, type Variable, type VariableName } from './variables.ts';

type Value<N extends VariableName> =
  | z.output<(typeof VARIABLES)[N]['schema']>
  | ((typeof VARIABLES)[N]['fallback'] extends null ? null : never);

/** The whole configuration, read once: one property a variable of the environment, typed, plus the derived addresses. */
export type Config = Readonly<{ [N in Exclude<VariableName, Derived>]: Value<N> }> & Readonly<Record<Derived, string>>;

/** Addresses that are worked out from others where they are not set. */
type Derived = 'PUBLIC_URL' | 'ADMIN_URL' | 'TEMPORAL_UI_URL';

/** All faults of the environment at once; `message` has a line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/** What access to ConnectWise needs, all of it or none. */
export const CW_ACCESS = ['CW_URL', 'CW_COMPANY', 'CW_PUBLIC_KEY', 'CW_PRIVATE_KEY', 'CW_CLIENT_ID'] as const;

/** Reads every variable of `environment`. Throws `ConfigError` that names all faults, never a value of a secret. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(VARIABLES) as [VariableName, Variable][]) {
    const given = environment[name];
    const isSet = given !== undefined && (given.trim() !== '' || variable.emptyIsValue === true);
    const text = isSet ? given : variable.fallback;
    if (text === null) {
      values[name] = null;
      continue;
    }
    const parsed = variable.schema.safeParse(variable.emptyIsValue ? text : text.trim());
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}. ${variable.about}`);
  }
  const missing = CW_ACCESS.filter((name) => values[name] === null);
  if (values['CW_COMPANY'] !== null && missing.length > 0) {
    faults.push(
      `${missing.join(', ')}: needed because CW_COMPANY is set. Set all five CW_ access variables, or none to use the built-in desk.`,
    );
  }
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const lacking = oidc.filter((name) => values[name] === null);
  if (lacking.length > 0 && lacking.length < oidc.length) {
    faults.push(`${lacking.join(', ')}: needed for single sign-on. Set all three OIDC_ access variables, or none.`);
  }
  if (faults.length > 0) throw new ConfigError(faults);
  values['PUBLIC_URL'] ??= `http://localhost:${values['PORT']}`;
  values['ADMIN_URL'] ??= `http://localhost:${values['ADMIN_PORT']}`;
  values['TEMPORAL_UI_URL'] ??= `http://${new URL(String(values['ADMIN_URL'])).hostname}:${values['TEMPORAL_UI_PORT']}`;
  return Object.freeze(values) as Config;
}

/** The name of the ticket-system connection that the environment chooses: `connectwise` where its access is set, else `desk`. */
export function chosenConnection(config: Config): 'connectwise' | 'desk' {
  return config.CW_COMPANY === null ? 'desk' : 'connectwise';
}
