/** What is said once endpoints are back. */
export function backWords(what: string, incidents: 'close' | 'keep'): string {
  const back = `${what}: back, under the same URL and with the same secrets.`;
  return incidents === 'close' ? `${back} Incidents that were closed stay closed.` : back;
}
