import { CUSTOMER, isTrouble } from '../../published/order-events.ts';
import { earliest, planRound } from '../domain/round.ts';
import { type RecoverySettings, rampWithin } from '../domain/settings.ts';
import { type AwaitedPartner, kindOf, PARTNERS_TO_WAIT_FOR } from '../domain/waiting-step.ts';
import { toPerson } from './await-recovery.ts';
import { isExpected, setTimer } from './ensure-timer.ts';
import type { KeeperDeps, Timer, WaitingOrder } from './ports.ts';
import { giveUpWait, isSame, releaseWait } from './release-wait.ts';

/** How many waits that are over one round takes on. */
const ENDING_PAGE = 50;
const AT_A_TIME = 10;
/** A read of who waits may be that far behind. */
const INDEX_LAG_MS = 10_000;
const SOON_MS = 1_000;
const CHECK_MS = 60_000;

/**
 * One round of a partner's keeper: lets waiting orders go on as the partner's circuit allows, gives up those that have waited for
 * too long, and sets the timer of the next round, until no order waits. A message that another one has taken the place of does
 * nothing. Safe to repeat.
 * @param messageId of the timer's message
 */
export async function keepWaitingOrders(deps: KeeperDeps, partner: AwaitedPartner, messageId: string): Promise<void> {
  const timer = await deps.timers.find(partner);
  if (timer !== undefined && timer.message?.id !== messageId && isExpected(timer, deps.now())) return;
  await round(deps, partner, timer);
}

/** A round for each partner whose timer is lost or far away: by then its circuit may have closed. Call it every minute. */
export async function checkWaitingOrders(deps: KeeperDeps): Promise<void> {
  for (const partner of PARTNERS_TO_WAIT_FOR) {
    const timer = await deps.timers.find(partner);
    const comes = timer !== undefined && isExpected(timer, deps.now());
    if (!comes || timer.message!.dueAt > deps.now() + CHECK_MS) await round(deps, partner, timer);
  }
}

async function round(deps: KeeperDeps, partner: AwaitedPartner, timer: Timer | undefined): Promise<void> {
  const { waits, circuits, monitor, now } = deps;
  const settings = await deps.settings();
  const ramp = rampWithin(settings.ramp, await deps.limits(partner));
  const [circuit, ready, ending] = await Promise.all([
    circuits.find(partner),
    waits.ready(partner, ramp.maximum + 1),
    waits.ending(partner, ENDING_PAGE),
  ]);
  const plan = planRound({ circuit, ready, ending, rounds: timer?.rounds ?? 0, ramp, now: now() });
  const over = await each(deps, plan.over, plan.over.length, (wait) => giveUp(deps, partner, wait, settings));
  const gone = await each(deps, plan.candidates, plan.count, (wait) => releaseWait(deps, wait));
  if (over.done > 0 && isTrouble(partner)) monitor.gaveUp(partner, over.done);
  if (gone.done > 0) monitor.released(partner, gone.done);
  if (ready.length > 0) monitor.waiting(partner, await waits.count(partner));
  const begun = ready.filter(({ deadline }) => deadline !== undefined).map(({ since }) => since);
  if (begun.length > 0 && isTrouble(partner)) monitor.oldest(partner, now() - Math.min(...begun));
  const again = over.failed + gone.failed > 0 ? now() + 1_000 * ramp.intervalSeconds : undefined;
  const nextAt = earliest(plan.nextAt, again) ?? (await endOfWork(deps, partner, timer));
  if (nextAt !== undefined) await setTimer(deps, partner, timer, { at: nextAt, rounds: plan.rounds });
}

/** Whether the keeper may rest: undefined, or else when it has to look again. */
async function endOfWork(
  { timers, now }: KeeperDeps,
  partner: AwaitedPartner,
  timer: Timer | undefined,
): Promise<number | undefined> {
  if (timer === undefined) return undefined;
  const seenFrom = timer.touchedAt + INDEX_LAG_MS;
  if (seenFrom > now()) return seenFrom;
  return (await timers.clear(partner, timer)) ? undefined : now() + SOON_MS;
}

/**
 * A forward step is given up, and any other becomes a person's task. One that waits for its customer asks the channel once more, for the notification
 * of a payment may be lost, and is given up when it waits again. Resolves to whether its wait has ended.
 */
async function giveUp(
  deps: KeeperDeps,
  partner: AwaitedPartner,
  key: WaitingOrder,
  settings: RecoverySettings,
): Promise<boolean> {
  if (kindOf(key.step) === 'forward') return partner === CUSTOMER ? releaseWait(deps, key) : giveUpWait(deps, key);
  const wait = (await deps.waits.find(key.orderId)).find((known) => isSame(known, key));
  if (wait?.taskToken === undefined) return false;
  await toPerson(deps, wait, settings);
  await deps.waits.removeDeadline(wait);
  return false;
}

/** Carries out `end` for one wait after the other until `count` were done; one that fails keeps no other waiting. */
async function each(
  { monitor }: KeeperDeps,
  waiting: readonly WaitingOrder[],
  count: number,
  end: (wait: WaitingOrder) => Promise<boolean>,
): Promise<{ readonly done: number; readonly failed: number }> {
  let done = 0;
  let failed = 0;
  for (let next = 0; next < waiting.length && done < count; ) {
    const some = waiting.slice(next, next + Math.min(AT_A_TIME, count - done));
    next += some.length;
    const ends = some.map((wait) =>
      end(wait).catch((error: unknown) => {
        monitor.failed(wait, error);
        failed += 1;
        return false;
      }),
    );
    done += (await Promise.all(ends)).filter(Boolean).length;
  }
  return { done, failed };
}
