type Work = (round: number) => Promise<unknown>;
type Results<Works extends readonly Work[]> = { [Index in keyof Works]: Awaited<ReturnType<Works[Index]>>[] };

export interface Turns {
  /** Rounds whose results are left out. @default 0 */
  readonly warmUp?: number;
  readonly measured: number;
  /** Told the number of each round, from 0, before it begins. */
  readonly onRound?: (round: number) => void;
}

/**
 * Gives each work its turn in every round, so that whatever else the machine does meets all of them. Resolves to the results
 * of each, in order.
 */
export async function takeTurns<Works extends readonly Work[]>(
  works: readonly [...Works],
  { warmUp = 0, measured, onRound = () => {} }: Turns,
): Promise<Results<Works>> {
  const results = works.map((): unknown[] => []);
  for (let round = 0; round < warmUp + measured; round += 1) {
    onRound(round);
    for (const [index, work] of works.entries()) {
      const result = await work(round);
      if (round >= warmUp) results[index]!.push(result);
    }
  }
  return results as Results<Works>;
}
