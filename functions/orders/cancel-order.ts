import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../published/order-events.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { closeOrder } from './application/close-order.ts';
import type { CommandBusDeps } from './application/command-bus.ts';
import { commandBus } from './composition.ts';

const failed = z.array(z.object({ step: z.enum(COMPENSATIONS), error: z.string() })).default([]);

/** `unfinished` names the compensations that are to be done again; executions of release 0.2.0 and before name those that a person has to do. */
const cancelInput = stepInput.extend({ reason: z.enum(CANCELLATION_REASONS), unfinished: failed, parked: failed });

interface CancelDeps extends CommandBusDeps {
  readonly configuration: ConfigurationSource;
}

/** The end of the compensations: the order is cancelled. Only a task for a person needs the configuration. */
export const makeHandler = ({ configuration, ...deps }: CancelDeps) =>
  stepHandler(cancelInput, async ({ parked, ...step }) => {
    const withDueTime = parked.map(async (left) => {
      const { recovery } = await configuration.current();
      return { ...left, dueAt: new Date(deps.now() + recovery.taskDueSeconds * 1_000).toISOString() };
    });
    return closeOrder(deps, { type: 'CancelOrder', ...step, parked: await Promise.all(withDueTime) });
  });

export const handler: Handler = makeHandler({ ...commandBus(), configuration: configurationSource() });
