/** What the state machines tell their steps: ids, and how often a step was tried. Everything else is read from the order's stream. */
import * as z from 'zod';
import { COMPENSATIONS } from '../../published/order-events.ts';
import { parseOrderId } from '../kernel/ids.ts';

export const stepInput = z.object({ orderId: z.uuid().transform(parseOrderId) });

/** `attempt` says how often the state machine has tried the step before. Without it, the careful guess is once. */
export const forwardStepInput = stepInput.extend({ attempt: z.int().min(0).default(1) });

/** `changeId` says which change of items the step belongs to. */
export const changeStepInput = stepInput.extend({ changeId: z.uuid() });

/** `only` names the compensations that are to be done; without it, all are. */
export const compensationInput = stepInput.extend({ only: z.array(z.enum(COMPENSATIONS)).optional() });

/** A step that is the same whether or not it was tried before, such as a compensation. */
export type Step = z.output<typeof stepInput>;
/** A step that does something for the order, and must not once the order is cancelled. */
export type ForwardStep = z.output<typeof forwardStepInput>;
/** A step of a change of items. */
export type ChangeStep = z.output<typeof changeStepInput>;
