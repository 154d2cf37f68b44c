export { needed } from './needed.ts';
export { chosenConnection, ConfigError, readConfig, type Config } from './config.ts';
export { VARIABLES, type Variable, type VariableName } from './variables.ts';
