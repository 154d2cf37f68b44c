import { inject } from 'vitest';

/** Asks the run's shared servers (see global-setup) for one of them, which starts it when nobody asked before. */
export async function askServer(name: 'postgres' | 'temporal' | 'test-server'): Promise<Record<string, string>> {
  const response = await fetch(`${inject('testServers')}/${name}`, { signal: AbortSignal.timeout(300_000) });
  if (!response.ok) throw new Error(`The shared test server ${name} did not start:\n${await response.text()}`);
  return (await response.json()) as Record<string, string>;
}

/** One field of what a shared server answered. */
export function fieldOf(answer: Record<string, string>, field: string): string {
  const value = answer[field];
  if (value === undefined) throw new Error(`The shared test server did not tell its ${field}.`);
  return value;
}
