import { issuerOf, tokenFrom } from '../clients/tokens.ts';

export interface Finding {
  readonly orderId?: string;
  readonly sku?: string;
  readonly transferId?: string;
  readonly rule: string;
  readonly detail: string;
  readonly since: string;
  readonly underWay: boolean;
}

export interface Balance {
  readonly account: string;
  readonly unit: string;
  readonly amount: number;
}

/** What one part of the check has found. */
export interface AuditPart {
  /** How many orders. */
  readonly checked: number;
  readonly articles: number;
  /** How many that quote no reference of an order. */
  readonly transfers: number;
  readonly findings: readonly Finding[];
  /** The books that could not be checked: ids of orders, `stock:<sku>`, and `transfer:<transferId>`. */
  readonly failed: readonly string[];
  readonly balances: readonly Balance[];
  readonly next?: string;
}

/** The whole check of the instance at a URL, part by part. @throws Error with a message for the person who runs the program */
export async function* auditParts(url: string, graceSeconds?: number): AsyncIterable<AuditPart> {
  const base = url.replace(/\/$/, '');
  const grace = graceSeconds === undefined ? {} : { graceSeconds };
  let after: string | undefined;
  do {
    const answer = await fetch(`${base}/api/v1/ledger/audits`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await operatorToken(base)}` },
      body: JSON.stringify({ ...grace, ...(after === undefined ? {} : { after }) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The instance at ${base} answered ${answer.status}, expected 200: ${text}`);
    const part = JSON.parse(text) as AuditPart;
    yield part;
    after = part.next;
  } while (after !== undefined);
}

async function operatorToken(url: string): Promise<string> {
  const { WAYBILL_TOKEN: given } = process.env;
  return given ?? tokenFrom(await issuerOf(url), { sub: 'auditor', role: 'operator', scope: 'ledger:audit' });
}
