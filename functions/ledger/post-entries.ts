import type { SQSHandler } from 'aws-lambda';
import { changedOrderConsumer } from '../shared/edge/changed-order-consumer.ts';
import type { PostingDeps } from './application/ports.ts';
import { postOrder } from './application/post-order.ts';
import { posting } from './composition.ts';

/** Keeps the books: an event only says that an order changed; its book gets what its stream has by then. */
export const makeHandler = (deps: PostingDeps) => changedOrderConsumer((orderId) => postOrder(deps, orderId));

export const handler: SQSHandler = makeHandler(posting());
