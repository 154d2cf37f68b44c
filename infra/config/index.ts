export { needed } from './needed.ts';
export { chosenConnection, ConfigError, CW_ACCESS, readConfig, type Config } from './config.ts';
export { VARIABLES, type Variable, type VariableName } from './variables.ts';
