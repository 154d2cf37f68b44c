const AFTER_A_FAULT = '25P02';

/**
 * Waits for statements sent at once in one transaction. Throws the fault that broke it, not those of the statements that were
 * refused because it was broken by then.
 */
export async function together(statements: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(statements);
  const faults = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as { code?: unknown }] : []));
  const first = faults.find(({ code }) => code !== AFTER_A_FAULT) ?? faults[0];
  if (first !== undefined) throw first;
}
