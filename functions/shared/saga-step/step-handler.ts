import type * as z from 'zod';
import { reported } from '../edge/faults.ts';
import { logger } from '../edge/logger.ts';
import { inSpan, Span } from '../trace/span.ts';
import { InvalidStepInput } from './errors.ts';
import type { Step } from './step-input.ts';

/**
 * The answer to an execution that was started on a definition of version 0.1.0: that definition tells each step a `version`,
 * assigns the `version` of its answer and fails without one. Steps of newer definitions answer nothing.
 * This can go 24 hours after the last execution of those definitions was started: by then they have ended or timed out.
 */
const answerTo = (event: unknown): { readonly version: unknown } | undefined =>
  typeof event === 'object' && event !== null && 'version' in event ? { version: event.version } : undefined;

/** Of a step that was not asked for, which does nothing and writes no line. */
export const NOTHING_TO_DO = 'nothing-to-do';

/**
 * Makes the Lambda handler of a saga step. It parses the step's input, adds the order's id to every log line, of which there is one at least when something is done, and reports
 * errors under the names that the state machine retries and catches.
 * @throws InvalidStepInput, the step's own errors, ConcurrencyConflict, DependencyUnavailable
 */
export function stepHandler<Schema extends z.ZodType<Step>>(
  input: Schema,
  run: (step: z.output<Schema>) => Promise<void | typeof NOTHING_TO_DO>,
): (event: unknown) => Promise<{ readonly version: unknown } | undefined> {
  return async (event) => {
    const parsed = input.safeParse(event);
    if (!parsed.success) {
      const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
      throw new InvalidStepInput(`The input of this step is wrong: ${complaints}.`);
    }
    const { orderId } = parsed.data;
    const span = new Span({ orderId });
    logger.appendKeys({ orderId });
    try {
      const done = await inSpan(span, () => run(parsed.data));
      if (done !== NOTHING_TO_DO) logger.info('The step is done.', traced(span));
      return answerTo(event);
    } catch (error) {
      throw reported(error, 'The step did not succeed.', traced(span));
    } finally {
      logger.resetKeys();
    }
  };
}

/** The span of a step, and the correlation id also for steps that do not read the stream themselves. */
const traced = (span: Span): Readonly<Record<string, unknown>> => ({
  ...(span.correlationId === undefined ? {} : { correlationId: span.correlationId }),
  span: span.fields(),
});
