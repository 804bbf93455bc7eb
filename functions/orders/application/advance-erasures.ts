/** Goes on with the erasures that are under way, by turns, so that one with thousands of orders keeps no other waiting. */
import { forgetLate, type LostTerms } from './erase-order.ts';
import type { Erasure, ErasureKey, ErasureMonitor } from './erasure-ports.ts';
import { type ErasureTurnDeps, takeTurn } from './erasure-turn.ts';

export interface AdvanceErasuresDeps extends ErasureTurnDeps {
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** So many erasures are looked at in one run. */
const MOST = 200;
/** A person is told within a month what became of their wish (article 12 of the GDPR). Until then somebody has to see to what still waits. */
const PATIENCE_MS = 20 * 86_400_000;

/**
 * An order that fails keeps no other from it, nor does an erasure.
 * @param until when it stops: milliseconds since the epoch
 * @returns how many erasures were looked at and how many of them are done
 * @throws the last failure, after all others were tried: the schedule's alarm is then for a person
 */
export async function advanceErasures(
  deps: AdvanceErasuresDeps,
  until: number,
): Promise<{ readonly looked: number; readonly done: number }> {
  const { erasures, monitor, now } = deps;
  const failures: unknown[] = [];
  const lost: LostTerms[] = [];
  const seen = new Map<string, Erasure>();
  let done = 0;
  let queue = await erasures.due(isoOf(now()), MOST);
  while (queue.length > 0 && now() < until) {
    const more: ErasureKey[] = [];
    for (const key of queue) {
      if (now() >= until) break;
      try {
        const erasure = await erasures.find(key.customerId, key.erasureId);
        if (erasure?.status !== 'under_way') continue;
        if (!seen.has(erasure.erasureId)) seen.set(erasure.erasureId, erasure);
        const turn = await takeTurn(deps, erasure, { lost, failures });
        await erasures.save(turn.erasure, turn.next);
        if (turn.goesOn) more.push(key);
        if (turn.erasure.status === 'done') done += 1;
      } catch (error) {
        // The next one is not to wait for this one, which comes first again in the next run.
        failures.push(error);
      }
    }
    queue = more;
  }
  showOverdue(monitor, [...seen.values()], now());
  await forgetLate(deps, lost, deps.pause);
  if (failures.length > 0) throw failures.at(-1);
  return { looked: seen.size, done };
}

function showOverdue(monitor: ErasureMonitor, erasures: readonly Erasure[], now: number): void {
  const [oldest] = erasures.toSorted((one, other) => overdueFrom(one) - overdueFrom(other));
  if (oldest === undefined || overdueFrom(oldest) >= now) return monitor.overdue('request', 0);
  const { customerId, erasureId } = oldest;
  monitor.overdue('request', now - overdueFrom(oldest), { customerId, erasureId });
}

const overdueFrom = ({ behindSince, requestedAt }: Erasure): number =>
  Math.min(
    behindSince === undefined ? Number.POSITIVE_INFINITY : Date.parse(behindSince),
    Date.parse(requestedAt) + PATIENCE_MS,
  );

const isoOf = (ms: number): string => new Date(ms).toISOString();
