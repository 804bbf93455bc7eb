/** Clients that each have one order under way. */

export const CLIENTS = 16;

/** Carries one order through and resolves to the milliseconds that this took. */
export type OrderWork = () => Promise<number>;

export interface Throughput {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Every client starts the next order when its order has ended. Orders that end in the first `runInMs` are not counted. */
export async function closedLoop(work: OrderWork, runInMs: number, measuredMs: number): Promise<Throughput> {
  const latenciesMs: number[] = [];
  const begin = performance.now() + runInMs;
  const end = begin + measuredMs;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < end) {
        const took = await work();
        const now = performance.now();
        if (now >= begin && now < end) latenciesMs.push(took);
      }
    }),
  );
  return { perSecond: latenciesMs.length / (measuredMs / 1_000), latenciesMs };
}
