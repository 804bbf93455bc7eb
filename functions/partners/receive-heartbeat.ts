import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { optionalBodyOf } from '../shared/http/request.ts';
import { addressOf } from '../shared/kernel/base-url.ts';
import { isSafeUrl } from '../shared/kernel/safe-url.ts';
import type { InstanceRegistry, Partner } from './application/ports.ts';
import { registering } from './composition.ts';
import { InsecureInstance } from './domain/errors.ts';
import { instanceIdOf, partnerOf } from './http/partner-path.ts';
import { refusalsAsProblems } from './http/problems.ts';
import { shownInstance } from './http/shown-instance.ts';
import { receiveHeartbeat } from './routes.ts';

interface ReceiveHeartbeatDeps {
  readonly partners: readonly Partner[];
  readonly registry: Pick<InstanceRegistry, 'heartbeat'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** `PUT /api/v1/partners/{partner}/instances/{instanceId}/heartbeat` */
export const makeHandler = ({ partners, registry, now }: ReceiveHeartbeatDeps) =>
  endpoint(
    receiveHeartbeat,
    refusalsAsProblems(async (request) => {
      const partner = partnerOf(request, partners);
      const heartbeat = { at: now(), ...optionalBodyOf(request) };
      const instance = await registry.heartbeat(partner.name, instanceIdOf(request, partner), heartbeat);
      // Registered by an earlier release: it gets no calls, and its partner should know.
      if (!isSafeUrl(addressOf(instance))) throw new InsecureInstance(partner.name, instance.id);
      return { status: 200, body: shownInstance(instance) };
    }),
  );

export const handler: Handler = limited(makeHandler(registering()));
