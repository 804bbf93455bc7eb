/** The simulated partners as separate processes, and their ledgers, which tell what really happened. */
import { startPartner } from '../../../launch/platform/partner-process.ts';

export interface LedgerEntry {
  readonly sequence: number;
  readonly at: string;
  readonly key: string;
  readonly kind: string;
  /** Minor units; the carrier's entries have none. */
  readonly amount?: number;
  /** The gateway's id of the payment. */
  readonly paymentId?: string;
  /** Of adjustments and of declined adjustments. */
  readonly adjustmentKey?: string;
  /** Of refunds. */
  readonly refundKey?: string;
  /** The gateway's id of the refund. */
  readonly refundId?: string;
  /** WeChat Pay's number of the refund, and how it has ended. */
  readonly refundNo?: string;
  readonly end?: string;
}

export interface Partners {
  readonly gatewayUrl: string;
  readonly carrierUrl: string;
  /** Everything that the gateway did under `key`, oldest first. */
  gatewayLedger(key: string): Promise<LedgerEntry[]>;
  carrierLedger(key: string): Promise<LedgerEntry[]>;
  close(): Promise<void>;
}

/** Starts both on free ports, with ledgers in memory. */
export async function startPartners(): Promise<Partners> {
  const [gateway, carrier] = await Promise.all([
    startPartner({ name: 'payment-gateway' }),
    startPartner({ name: 'carrier' }),
  ]);
  return {
    gatewayUrl: gateway.url,
    carrierUrl: carrier.url,
    gatewayLedger: (key) => readLedger(gateway.url, key),
    carrierLedger: (key) => readLedger(carrier.url, key),
    close: async () => void (await Promise.all([gateway.close(), carrier.close()])),
  };
}

export async function readLedger(url: string, key: string): Promise<LedgerEntry[]> {
  const answer = await fetch(`${url}/v1/ledger?key=${encodeURIComponent(key)}`);
  if (!answer.ok) throw new Error(`The ledger was answered ${answer.status}.`);
  return ((await answer.json()) as { entries: LedgerEntry[] }).entries;
}

/** What the gateway did under this key, oldest first: kind and amount. */
export const movements = async (
  gatewayUrl: string,
  key: string,
): Promise<[kind: string, amount: number | undefined][]> =>
  (await readLedger(gatewayUrl, key)).map(({ kind, amount }) => [kind, amount]);

/** Of the entries of this kind, in minor units. */
export const sumOf = (entries: readonly LedgerEntry[], kind: string): number =>
  entries.filter((entry) => entry.kind === kind).reduce((sum, { amount = 0 }) => sum + amount, 0);

const isTombstone = ({ kind, amount }: LedgerEntry): boolean =>
  kind === 'withdrawal' || (kind === 'void' && amount === 0);

/** What happened, by kind. A tombstone is left out: it forbids something that has not happened. */
export const kindsOf = (entries: readonly LedgerEntry[]): string[] =>
  entries.filter((entry) => !isTombstone(entry)).map(({ kind }) => kind);
