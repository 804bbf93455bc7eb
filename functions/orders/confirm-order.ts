import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { stepHandler, stepInput } from '../shared/edge/step.ts';
import { DynamoDbOrderLog } from '../shared/order-log/dynamodb-order-log.ts';
import { decideConfirm } from './domain/decide.ts';
import { runCommand, type CommandDeps } from './order-commands.ts';

/** The last step of the saga: the order is charged and its shipment arranged. */
export const makeHandler = (deps: CommandDeps) => stepHandler({
  input: stepInput,
  run: async ({ orderId }) => ({
    version: await runCommand(deps, orderId, 'ConfirmOrder', (order) => decideConfirm(order, { type: 'ConfirmOrder', orderId })),
  }),
});

const environment = readEnvironment(z.object({ ORDER_LOG_TABLE: z.string() }));
export const handler: Handler = makeHandler({
  log: new DynamoDbOrderLog(documentClient(), environment.ORDER_LOG_TABLE),
  now: Date.now,
});
