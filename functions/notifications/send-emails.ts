import type { SQSHandler } from 'aws-lambda';
import type { OrderLog } from '../published/order-log.ts';
import { changedOrderConsumer } from '../shared/edge/changed-order-consumer.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { type SendEmailsDeps, sendEmails } from './application/send-emails.ts';
import { emailing } from './composition.ts';

interface Deps extends SendEmailsDeps {
  readonly log: Pick<OrderLog, 'read'>;
}

/** Sends what customers are told by e-mail as well, where the order has an address. It is its own subscriber: the inbox does not wait for it. */
export const makeHandler = ({ log, ...deps }: Deps) =>
  changedOrderConsumer(async (orderId) => {
    const stream = await log.read(orderId);
    if (stream.length > 0) await sendEmails(deps, stream);
    return stream;
  });

export const handler: SQSHandler = makeHandler({ log: stepDeps().log, ...emailing() });
