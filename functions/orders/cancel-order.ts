import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { stepHandler, stepInput } from '../shared/edge/step.ts';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../shared/kernel/order-events.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { decideCancel } from './domain/decide.ts';
import { runCommand, type CommandDeps } from './order-commands.ts';

const cancelInput = stepInput.extend({
  reason: z.enum(CANCELLATION_REASONS),
  parked: z.array(z.object({ step: z.enum(COMPENSATIONS), error: z.string() })),
});

/** The end of the compensations: the order is cancelled, and what could not be undone is left for a person. */
export const makeHandler = (deps: CommandDeps) => stepHandler({
  input: cancelInput,
  run: async ({ orderId, reason, parked }) => ({
    version: await runCommand(deps, orderId, 'CancelOrder', (order) => decideCancel(order, { type: 'CancelOrder', orderId, reason, parked })),
  }),
});

const environment = readEnvironment(z.object({ ORDER_LOG_TABLE: z.string() }));
export const handler: Handler = makeHandler({
  log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE),
  now: Date.now,
});
