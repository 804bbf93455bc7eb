import type { Handler } from 'aws-lambda';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import type { EventPublisher } from '../shared/event-log/port.ts';
import { announceChanges } from '../shared/outbound/circuit/announce-changes.ts';
import type { PartnerStore } from '../shared/outbound/ports.ts';
import { type CheckCertificateDeps, checkCertificate } from './application/check-certificate.ts';
import { type CheckInstancesDeps, checkInstances } from './application/check-instances.ts';
import type { Partner } from './application/ports.ts';
import { checking } from './composition.ts';

interface CheckPartnersDeps extends CheckInstancesDeps, CheckCertificateDeps {
  readonly partners: readonly Partner[];
  readonly store: PartnerStore;
  readonly publisher: EventPublisher;
}

/** Every minute: asks each instance of each partner how it is, looks when our certificate for the partner ends, and publishes what has happened to the partner's circuit. */
export const makeHandler = (deps: CheckPartnersDeps) =>
  scheduledHandler(() =>
    allOf(
      deps.partners.flatMap(({ name }) => [
        checkInstances(deps, name),
        checkCertificate(deps, name),
        announceChanges(deps.store, deps.publisher, name),
      ]),
    ),
  );

/** When some fail, the others are still done. @throws the first error */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

export const handler: Handler = makeHandler(checking());
