import type { Posting } from './entry.ts';

/** What came into an account and went out of it. */
export interface Turnover {
  readonly account: Posting['account'];
  readonly unit: string;
  readonly debits: number;
  /** Not negative. */
  readonly credits: number;
}

/** The turnover of each account, by name. */
export async function turnoverOf(postings: AsyncIterable<Posting>): Promise<readonly Turnover[]> {
  const turnovers = new Map<string, Turnover>();
  for await (const { account, unit, amount } of postings) {
    const key = `${account} ${unit}`;
    const { debits, credits } = turnovers.get(key) ?? { debits: 0, credits: 0 };
    turnovers.set(key, {
      account,
      unit,
      debits: debits + Math.max(0, amount),
      credits: credits + Math.max(0, -amount),
    });
  }
  return [...turnovers].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, turnover]) => turnover);
}
