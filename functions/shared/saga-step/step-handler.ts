import * as z from 'zod';
import { reported } from '../edge/faults.ts';
import { logger } from '../edge/logger.ts';
import { parseOrderId } from '../kernel/ids.ts';
import { InvalidStepInput } from './errors.ts';

const orderId = z.uuid().transform(parseOrderId);

/** What every step of the saga is called with: `version` is where the saga last knew the order's stream to end. */
export const stepInput = z.object({ orderId, version: z.int().min(1) });
export type StepInput = z.infer<typeof stepInput>;

/**
 * A forward step is also told how often it was tried before. Executions of definitions that do not say may have tried:
 * that is the careful guess.
 */
export const forwardStepInput = stepInput.extend({ attempt: z.int().min(0).default(1) });
export type ForwardStepInput = z.infer<typeof forwardStepInput>;

/** The steps of a change of items are told which change. */
export const changeStepInput = stepInput.extend({ changeId: z.uuid() });

/** What every step answers: the version at which the order's stream ends now, as far as the step knows. */
export interface StepOutput {
  readonly version: number;
}

/**
 * The surroundings of a saga step: parses its input and lets errors out under the names that the state machine
 * retries and catches.
 * @throws InvalidStepInput, the step's own errors, ConcurrencyConflict, DependencyUnavailable
 */
export function stepHandler<Schema extends z.ZodType<StepInput>, Output extends StepOutput>({
  input,
  run,
}: {
  readonly input: Schema;
  readonly run: (input: z.output<Schema>) => Promise<Output>;
}): (event: unknown) => Promise<Output> {
  return async (event) => {
    const parsed = input.safeParse(event);
    if (!parsed.success) {
      const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
      throw new InvalidStepInput(`The input of this step is wrong: ${complaints}.`);
    }
    logger.appendKeys({ orderId: parsed.data.orderId });
    try {
      return await run(parsed.data);
    } catch (error) {
      throw reported(error, 'The step did not succeed.');
    } finally {
      logger.resetKeys();
    }
  };
}
