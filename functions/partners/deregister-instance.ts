import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { InstanceRegistry, Partner } from './application/ports.ts';
import { registering } from './composition.ts';
import { instanceIdOf, partnerOf } from './http/partner-path.ts';
import { refusalsAsProblems } from './http/problems.ts';
import { shownInstance } from './http/shown-instance.ts';
import { deregisterInstance } from './routes.ts';

interface DeregisterInstanceDeps {
  readonly partners: readonly Partner[];
  readonly registry: Pick<InstanceRegistry, 'deregister'>;
}

/** `DELETE /api/v1/partners/{partner}/instances/{instanceId}` */
export const makeHandler = ({ partners, registry }: DeregisterInstanceDeps) =>
  endpoint(
    deregisterInstance,
    refusalsAsProblems(async (request) => {
      const partner = partnerOf(request, partners);
      const instance = await registry.deregister(partner.name, instanceIdOf(request, partner));
      return { status: 200, body: shownInstance(instance) };
    }),
  );

export const handler: Handler = limited(makeHandler(registering()));
