import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { InstanceRegistry, Partner } from './application/ports.ts';
import { registering } from './composition.ts';
import { shownInstance } from './http/shown-instance.ts';
import { listPartners } from './routes.ts';

interface ListPartnersDeps {
  readonly partners: readonly Partner[];
  readonly registry: Pick<InstanceRegistry, 'instancesOf'>;
}

/** `GET /api/v1/partners`: every partner with its instances, for operators. */
export const makeHandler = ({ partners, registry }: ListPartnersDeps) =>
  endpoint(listPartners, async () => {
    const shown = partners.map(async ({ name, fallbackUrl }) => ({
      name,
      fallbackUrl,
      instances: (await registry.instancesOf(name)).map(shownInstance),
    }));
    return { status: 200, body: { partners: await Promise.all(shown) } };
  });

export const handler: Handler = limited(makeHandler(registering()));
