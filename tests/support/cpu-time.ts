const LEAST_RUNS = 3;
const MOST_RUNS = 12;

/**
 * Milliseconds of processor time a piece of work takes in this process, the least of three runs; while that is over `enoughMs`, of up to
 * twelve: a machine whose processors are slow for a second does not change it.
 */
export function leastCpuMs(work: () => unknown, enoughMs = Infinity): number {
  let least = Infinity;
  for (let run = 0; run < LEAST_RUNS || (run < MOST_RUNS && least > enoughMs); run += 1) {
    const before = process.cpuUsage();
    work();
    const spent = process.cpuUsage(before);
    least = Math.min(least, (spent.user + spent.system) / 1_000);
  }
  return least;
}
