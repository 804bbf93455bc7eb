/** A whole platform on this machine whose partners and database can be taken away, and that can be killed. */
import { type PartnerProcess, startPartner } from '../../../launch/platform/partner-process.ts';
import type { LedgerEntry } from '../../support/platform/partners.ts';
import type { Outage } from '../cases.ts';
import type { FaultyPlatform } from '../platform.ts';
import type { Random } from '../random.ts';
import { takeDatabaseAway } from './database.ts';
import { type FaultyPartner, faultyPartner } from './proxy.ts';
import { RunningPlatform } from './running-platform.ts';
import { wholeLedger } from './whole-ledger.ts';

export class RealPlatform extends RunningPlatform implements FaultyPlatform {
  readonly #gateway: FaultyPartner;
  readonly #carrier: FaultyPartner;
  readonly #partners: readonly [PartnerProcess, PartnerProcess];
  readonly #bringBack: (() => Promise<void>)[] = [];

  private constructor(
    partners: readonly [PartnerProcess, PartnerProcess],
    [gateway, carrier]: readonly [FaultyPartner, FaultyPartner],
  ) {
    super({ WAYBILL_PAYMENT_GATEWAY_URL: gateway.url, WAYBILL_CARRIER_URL: carrier.url });
    this.#partners = partners;
    this.#gateway = gateway;
    this.#carrier = carrier;
  }

  static async start(random: Random): Promise<RealPlatform> {
    const partners = await Promise.all([startPartner({ name: 'payment-gateway' }), startPartner({ name: 'carrier' })]);
    const [gateway, carrier] = partners;
    const platform = new RealPlatform(
      partners,
      await Promise.all([faultyPartner(gateway.url, random), faultyPartner(carrier.url, random)]),
    );
    await platform.boot();
    return platform;
  }

  async fail(outage: Outage): Promise<void> {
    if (outage.target === 'database') {
      this.#bringBack.push(takeDatabaseAway(this.dataDir, outage.fault));
      return;
    }
    const partners = { gateway: [this.#gateway], carrier: [this.#carrier], partners: [this.#gateway, this.#carrier] };
    for (const partner of partners[outage.target]) {
      await partner.fail(outage.fault);
      this.#bringBack.push(() => partner.recover());
    }
  }

  async recover(): Promise<void> {
    await Promise.all(this.#bringBack.splice(0).map((bringBack) => bringBack()));
  }

  callsWhileDown(): number {
    return this.#gateway.callsWhileDown + this.#carrier.callsWhileDown;
  }

  override async close(): Promise<void> {
    await super.close();
    await Promise.all([
      this.#gateway.close(),
      this.#carrier.close(),
      ...this.#partners.map((partner) => partner.close()),
    ]);
  }

  ledgers(): Promise<[gateway: LedgerEntry[], carrier: LedgerEntry[]]> {
    const [gateway, carrier] = this.#partners;
    return Promise.all([wholeLedger(gateway.url), wholeLedger(carrier.url)]);
  }
}
