/** Repeats `look` until it neither throws nor answers `false`, and gives its answer. Fails with the last reason after `withinMs`. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  withinMs = 10_000,
  everyMs = 25,
): Promise<Exclude<T, false>> {
  const deadline = Date.now() + withinMs;
  let reason: unknown = new Error(`It did not become true within ${withinMs} ms.`);
  for (;;) {
    try {
      const answer = await look();
      if (answer !== false) return answer as Exclude<T, false>;
    } catch (error) {
      reason = error;
    }
    if (Date.now() >= deadline) throw reason;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
