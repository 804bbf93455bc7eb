import type { DependencyHealth } from '../domain/dependency-health.ts';
import type { Dependency } from './ports.ts';

export interface ProbeDeps {
  readonly dependencies: readonly Dependency[];
  /** The time limit of each dependency, so that a slow one hides none of the others. */
  readonly timeoutMs: number;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
}

/** Checks all dependencies at once. Never rejects: an error of a probe becomes the state of its dependency. */
export const probeAll = ({ dependencies, timeoutMs, now }: ProbeDeps): Promise<DependencyHealth[]> =>
  Promise.all(
    dependencies.map(async (dependency) => {
      const start = now();
      const detail = await complaintOf(dependency, timeoutMs);
      const seen = { name: dependency.name, latencyMs: Math.round(now() - start) };
      return detail === undefined
        ? { ...seen, status: 'ok' as const }
        : { ...seen, status: 'unavailable' as const, detail };
    }),
  );

async function complaintOf(dependency: Dependency, timeoutMs: number): Promise<string | undefined> {
  const over = new AbortController();
  const { promise: timeout, resolve: giveUp } = Promise.withResolvers<string>();
  const timer = setTimeout(giveUp, timeoutMs, `No answer within ${timeoutMs} ms.`);
  const probe = dependency.probe(over.signal).then(() => undefined, sayWhy);
  const complaint = await Promise.race([probe, timeout]);
  over.abort();
  clearTimeout(timer);
  return complaint;
}

/** Names the error and leaves out its message unless it is one of ours: SDK messages hold names, ids and addresses. */
const sayWhy = (error: unknown): string => {
  if (!(error instanceof Error)) return 'It failed.';
  return error.name === 'Error' ? error.message : error.name;
};
