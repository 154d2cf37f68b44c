/** The same activities by task queue; after each that ends, well or not, `changed` is called: readers of the live feed look again. */
export function announceChanges<Q extends Record<string, object>>(queues: Q, changed: () => void): Q {
  return Object.fromEntries(
    Object.entries(queues).map(([queue, activities]) => [
      queue,
      Object.fromEntries(
        Object.entries(activities).map(([name, run]: [string, (...input: unknown[]) => Promise<unknown>]) => [
          name,
          async (...input: unknown[]) => run(...input).finally(changed),
        ]),
      ),
    ]),
  ) as Q;
}
