/** Milliseconds of processor time a piece of work takes in this process, the least of three runs: a busy machine does not change it. */
export function leastCpuMs(work: () => unknown): number {
  const runs = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    work();
    const spent = process.cpuUsage(before);
    return (spent.user + spent.system) / 1_000;
  });
  return Math.min(...runs);
}
