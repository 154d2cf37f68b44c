/**
 * The folder, within `admin`, of the built console: another one lets people build beside a console that is being served.
 * @returns {string}
 */
export function consoleOutput() {
  return process.env['HOOKWISE_CONSOLE_OUTPUT'] || '.next';
}
