import { DependencyUnavailable } from '../kernel/errors.ts';

/**
 * What an SDK client answers within the time. A request that takes longer is left to itself: a signal would end it, but then each call costs the client a
 * chain of middleware of its own (`kept-handlers.ts`), and each signal an error once its time is over, which is as much as the rest of the call.
 * @throws DependencyUnavailable when the time is over
 */
export async function answeredWithin<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new DependencyUnavailable(`There was no answer within ${milliseconds} ms.`)),
    milliseconds,
  );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
