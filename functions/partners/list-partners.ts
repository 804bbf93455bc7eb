import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { PartnerStore } from '../shared/outbound/ports.ts';
import type { Partner } from './application/ports.ts';
import { listing } from './composition.ts';
import { shownCircuit } from './http/shown-circuit.ts';
import { shownInstance } from './http/shown-instance.ts';
import { listPartners } from './routes.ts';

interface ListPartnersDeps {
  readonly partners: readonly Partner[];
  readonly store: Pick<PartnerStore, 'read'>;
  /** How many orders wait for a partner. */
  readonly countWaiting: (partner: string) => Promise<number>;
}

/** `GET /api/v1/partners`: every partner with its circuit, its instances and how many orders wait for it, for operators. */
export const makeHandler = ({ partners, store, countWaiting }: ListPartnersDeps) =>
  endpoint(listPartners, async () => {
    const shown = partners.map(async ({ name, fallbackUrl }) => {
      const [{ circuit, instances }, waitingOrders] = await Promise.all([store.read(name), countWaiting(name)]);
      return {
        name,
        fallbackUrl,
        circuit: shownCircuit(circuit),
        waitingOrders,
        instances: instances.map(shownInstance),
      };
    });
    return { status: 200, body: { partners: await Promise.all(shown) } };
  });

export const handler: Handler = limited(makeHandler(listing()));
