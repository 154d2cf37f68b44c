import { CW_ACCESS, type Config } from '../../../infra/config/index.ts';

/** The variables of the environment that access to ConnectWise needs and that are not set, by name. */
export function missingAccess(config: Config): string[] {
  return CW_ACCESS.filter((name) => config[name] === null);
}
