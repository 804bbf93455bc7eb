/** A platform as `npm start` runs it, each of whose processes can be killed with -9. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PaymentMethod } from '../../functions/published/order-events.ts';
import { enginesOf } from '../fault/real/database.ts';
import { RunningPlatform, SETTINGS } from '../fault/real/running-platform.ts';
import { wholeLedger } from '../fault/real/whole-ledger.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';
import { entriesByOrder } from './channel-ledgers.ts';

export const VICTIMS = ['runtime', 'engine', 'payment-gateway', 'carrier', 'payment-channels'] as const;
export type Victim = (typeof VICTIMS)[number];

/** How long what was killed before may take to be there again. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** Customers who leave are waited for to the end: longer than those who stay need, with kills in between. */
const PAY_WITHIN_SECONDS = 180;
const methods = ['card', 'alipay', 'wechat_pay', 'bank_transfer'] as const satisfies readonly PaymentMethod['type'][];
/** Where goods of the shop's articles lie; all that it sends comes from the first one if that has them. */
export const LOCATIONS = ['main', 'north'] as const;
const locations = Object.fromEntries(LOCATIONS.map((name, index) => [name, { priority: 1 + index, active: true }]));
const payments = { payWithinSeconds: Object.fromEntries(methods.map((method) => [method, PAY_WITHIN_SECONDS])) };

export class CrashingPlatform extends RunningPlatform {
  constructor() {
    super({ WAYBILL_CONFIGURATION: JSON.stringify({ ...SETTINGS, payments, inventory: { locations } }) });
  }

  /** Kills it, and starts the runtime again; the others are started again by the runtime. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'runtime') return this.killAndRestart();
    const deadline = Date.now() + PATIENCE_MS;
    const find = () => (victim === 'engine' ? enginesOf(this.dataDir) : this.#partners(victim));
    let found = find();
    while (found.length === 0) {
      if (Date.now() > deadline) throw new Error(`There is no ${victim} to be killed: it was not started again.`);
      await sleep(LOOK_EVERY_MS);
      found = find();
    }
    for (const pid of found) process.kill(pid, 'SIGKILL');
  }

  /** What all channels of payment have done, each entry under the id of its order; and what the carrier has. */
  async ledgers(): Promise<[channels: LedgerEntry[], carrier: LedgerEntry[]]> {
    const { gatewayUrl, alipayUrl, wechatPayUrl, bankUrl, carrierUrl } = this.instance;
    const cards = await wholeLedger(gatewayUrl);
    const wallets = [...(await wholeLedger(alipayUrl)), ...(await wholeLedger(wechatPayUrl))];
    return [[...cards, ...entriesByOrder(wallets, await wholeLedger(bankUrl))], await wholeLedger(carrierUrl)];
  }

  #partners(name: string): number[] {
    return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, parent]) => Number(parent) === this.instance.process.pid)
      .filter((words) => words.at(-1)!.endsWith(`partners/${name}/main.ts`))
      .map(([pid]) => Number(pid));
  }
}
