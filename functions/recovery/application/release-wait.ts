/** The ends of a wait: the execution goes on, or gives the step up. Safe to repeat, for a token can be answered once. */
import { givenUp } from '../domain/waiting-step.ts';
import type { SagaTokens, Wait, WaitKey, Waits } from './ports.ts';

interface ReleaseDeps {
  readonly waits: Waits;
  readonly tokens: SagaTokens;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export const isSame = (one: WaitKey, other: WaitKey): boolean =>
  one.orderId === other.orderId && one.step === other.step && one.changeId === other.changeId;

/** Lets the order go on. Resolves to whether its execution was waiting for it. */
export const releaseWait = (deps: ReleaseDeps, key: WaitKey): Promise<boolean> =>
  endWait(deps, key, (token) => deps.tokens.succeed(token));

/** Gives a forward step up with the error that the saga catches. Resolves to whether its execution was waiting. */
export const giveUpWait = (deps: ReleaseDeps, key: WaitKey): Promise<boolean> =>
  endWait(deps, key, (token, wait) => deps.tokens.fail(token, givenUp(wait)));

async function endWait(
  { waits, now }: ReleaseDeps,
  key: WaitKey,
  answer: (token: string, wait: Wait) => Promise<boolean>,
): Promise<boolean> {
  const known = await waits.find(key.orderId);
  const waiting = known.find((wait) => isSame(wait, key));
  const token = waiting?.taskToken;
  if (token === undefined) return false;
  const answered = await answer(token, waiting!);
  // Compensations can wait together, with one token.
  for (const wait of known.filter(({ taskToken }) => taskToken === token)) await waits.release(wait, now());
  return answered;
}
