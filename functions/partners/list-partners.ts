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
}

/** `GET /api/v1/partners`: every partner with its circuit and its instances, for operators. */
export const makeHandler = ({ partners, store }: ListPartnersDeps) =>
  endpoint(listPartners, async () => {
    const shown = partners.map(async ({ name, fallbackUrl }) => {
      const { circuit, instances } = await store.read(name);
      return { name, fallbackUrl, circuit: shownCircuit(circuit), instances: instances.map(shownInstance) };
    });
    return { status: 200, body: { partners: await Promise.all(shown) } };
  });

export const handler: Handler = limited(makeHandler(listing()));
