import type { LedgerEntry } from '../../support/platform/partners.ts';

const LEDGER_PAGE = 10_000;

/** All entries of a partner's ledger, oldest first. */
export async function wholeLedger(url: string): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const answer = await fetch(`${url}/v1/ledger?limit=${LEDGER_PAGE}&after=${after}`);
    const page = (await answer.json()) as { entries: LedgerEntry[]; next?: number };
    entries.push(...page.entries);
    after = page.next;
  }
  return entries;
}
