import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { queueConsumer } from '../shared/edge/consumer.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { type CheckAgain, checkAgain } from './adapters/sqs-progress-checks.ts';
import { checkProgress } from './application/check-progress.ts';
import type { ProgressDeps } from './application/sweep-ports.ts';
import { checking } from './composition.ts';

/** An event that began something, as the bus delivers it; or an order that is looked at again. */
const message = z.union([
  z.object({ detail: stepInput }).transform(({ detail: { orderId } }) => ({ orderId })),
  stepInput,
]);

/** Looks at an order some time after something was begun for it, and again until nothing is to be done for it any more. */
export const makeHandler = ({ again, ...deps }: ProgressDeps & { readonly again: CheckAgain }) =>
  queueConsumer(message, async ({ orderId }) => {
    const { atRest, expiresAt } = await checkProgress(deps, orderId);
    if (atRest) return;
    await again(orderId, expiresAt === undefined ? undefined : secondsUntil(expiresAt, deps.now()));
  });

const secondsUntil = (time: string, now: number): number => Math.max(0, Math.ceil((Date.parse(time) - now) / 1_000));

const { CHECKS_QUEUE_URL } = readEnvironment(z.object({ CHECKS_QUEUE_URL: z.url() }));
export const handler: SQSHandler = makeHandler({ ...checking(), again: checkAgain(CHECKS_QUEUE_URL) });
