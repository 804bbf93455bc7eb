/** The ends of a wait: the execution goes on, or gives the step up. Safe to repeat, for a token can be answered once. */
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

/** Gives the step up with this error, which the saga catches. Resolves to whether its execution was waiting. */
export const failWait = (
  deps: ReleaseDeps,
  key: WaitKey,
  error: { readonly name: string; readonly message: string },
): Promise<boolean> => endWait(deps, key, (token) => deps.tokens.fail(token, error));

async function endWait(
  { waits, now }: ReleaseDeps,
  key: WaitKey,
  answer: (token: string) => Promise<boolean>,
): Promise<boolean> {
  const known = await waits.find(key.orderId);
  const token = known.find((wait) => isSame(wait, key))?.taskToken;
  if (token === undefined) return false;
  const answered = await answer(token);
  // Compensations can wait together, with one token.
  for (const wait of known.filter(({ taskToken }) => taskToken === token)) await waits.release(wait, now());
  return answered;
}

/** Lets every wait of the order go on that `isMeant`. Resolves to whether an execution was waiting. */
export async function releaseWaits(
  deps: ReleaseDeps,
  orderId: WaitKey['orderId'],
  isMeant: (wait: Wait) => boolean,
): Promise<boolean> {
  let answered = false;
  for (const wait of (await deps.waits.find(orderId)).filter(isMeant)) {
    answered = (await releaseWait(deps, wait)) || answered;
  }
  return answered;
}
