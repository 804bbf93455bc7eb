import type { Compensation } from '../../published/order-events.ts';
import { NOTHING_TO_DO, stepHandler } from './step-handler.ts';
import { compensationInput, type Step } from './step-input.ts';

/**
 * Makes the Lambda handler of a compensation. When the state machine runs its chain again for what was left unfinished, it names
 * that, and the other compensations do nothing.
 * @throws what stepHandler throws
 */
export const compensationHandler = (name: Compensation, run: (step: Step) => Promise<void>) =>
  stepHandler(compensationInput, async ({ only, ...step }) => {
    if (only !== undefined && !only.includes(name)) return NOTHING_TO_DO;
    await run(step);
    return undefined;
  });
