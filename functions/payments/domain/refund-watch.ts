/** When a channel is asked about the refunds of an order without its telling anything. Pure. */

const DAY_MS = 86_400_000;
/** After the last refund of the order, at growing distances. What is on its way for longer is a person's task. */
const LOOK_AFTER_DAYS = [1, 3, 7, 15, 30];

/**
 * Milliseconds since the epoch; undefined when there is nothing to wait for any more.
 * @param since of the last refund
 * @param failsWithinSeconds for how long refunds that were made can fail. @default never
 */
export function nextLook(
  now: number,
  since: number,
  { isPending, failsWithinSeconds = 0 }: { readonly isPending: boolean; readonly failsWithinSeconds?: number },
): number | undefined {
  const until = isPending ? Infinity : since + 1_000 * failsWithinSeconds;
  return LOOK_AFTER_DAYS.map((days) => since + days * DAY_MS).find((at) => at > now && at <= until);
}

/** The first one. */
export const firstLook = (since: number): number => since + LOOK_AFTER_DAYS[0]! * DAY_MS;
