import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { SAGA_STEPS } from '../published/order-events.ts';
import { type BackOff, queueBackOff } from '../shared/edge/back-off.ts';
import { queueConsumer } from '../shared/edge/consumer.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { keepWaitingOrders } from './application/keep-waiting-orders.ts';
import type { KeeperDeps } from './application/ports.ts';
import { releaseWait } from './application/release-wait.ts';
import { keeping } from './composition.ts';
import { PARTNERS_TO_WAIT_FOR } from './domain/waiting-step.ts';

const message = z.union([
  /** The timer of a partner's keeper. */
  z.object({ partner: z.enum(PARTNERS_TO_WAIT_FOR), id: z.string() }),
  /** One order that has nothing to wait for. */
  stepInput.extend({ step: z.enum(SAGA_STEPS), changeId: z.uuid().optional() }),
]);

/** The keepers of the partners: let waiting orders go on when their partner is back, and give them up when they have waited for too long. */
export const makeHandler = ({ backOff, ...deps }: KeeperDeps & { readonly backOff: BackOff }) =>
  queueConsumer(
    message,
    async (told) => {
      if ('partner' in told) await keepWaitingOrders(deps, told.partner, told.id);
      else await releaseWait(deps, told);
    },
    { backOff },
  );

const { RETRY_QUEUE_URL } = readEnvironment(z.object({ RETRY_QUEUE_URL: z.url() }));
export const handler: SQSHandler = makeHandler({ ...keeping(), backOff: queueBackOff(RETRY_QUEUE_URL) });
