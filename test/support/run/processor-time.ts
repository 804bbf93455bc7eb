/**
 * Milliseconds that this thread was at work for: what a machine has to do beside it does not count.
 * For rules about slow code; nothing else in a test depends on how fast a machine is.
 */
export function processorMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
