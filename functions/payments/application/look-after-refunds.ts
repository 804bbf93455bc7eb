import { classify } from '../../shared/kernel/errors.ts';
import { orderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { refundsSoFar } from '../domain/refund-so-far.ts';
import { nextLook } from '../domain/refund-watch.ts';
import { gatewayOf } from './gateway-of.ts';
import { noticeRefunds } from './notice-refunds.ts';
import type { PaymentDeps } from './ports.ts';
import type { RefundWatch, WatchedRefunds } from './refund-watch-ports.ts';
import { settleLatePayment } from './settle-late-payment.ts';

export interface LookDeps extends PaymentDeps {
  readonly watch: RefundWatch;
  readonly settings: () => Promise<{ readonly taskDueSeconds: number }>;
}

/** Of one call; the others are for the next. */
const MOST_ORDERS = 50;
/** When the channel is away. */
const AGAIN_AFTER_MS = 3_600_000;

/**
 * Asks channels about refunds of which they may have told nothing that came: those that are on their way for long, and those that were made and may have
 * failed since. What a channel has called final is not asked for. Safe to repeat.
 * @param until when it stops: milliseconds since the epoch
 * @throws what is no outage, of the first order that failed with it, after all others
 */
export async function lookAfterRefunds(deps: LookDeps, until: number): Promise<void> {
  const faults: unknown[] = [];
  const due = await deps.watch.due(deps.now(), MOST_ORDERS);
  for (const watched of due) {
    if (deps.now() >= until) break;
    try {
      await look(deps, watched);
    } catch (error) {
      // It holds up nobody else's refunds.
      await deps.watch.keep(watched, deps.now() + AGAIN_AFTER_MS);
      if (!['wait', 'back-off', 'retry-now'].includes(classify(error).strategy)) faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}

async function look(deps: LookDeps, watched: WatchedRefunds): Promise<void> {
  const { orderId, since } = watched;
  const stream = await deps.log.read(orderId);
  const { refundFailsWithinSeconds: failsWithinSeconds = 0 } = gatewayOf(
    deps.gateways,
    orderSoFar(orderId, stream),
  ).capabilities;
  const isOpen = refundsSoFar(stream).some(({ isMade, failure }) => !isMade && failure === undefined);
  if (!isOpen && failsWithinSeconds === 0) return deps.watch.end(watched);
  const { taskDueSeconds } = await deps.settings();
  const terms = { dueAt: deps.now() + 1_000 * taskDueSeconds, isSure: true };
  const { isPending } = await noticeRefunds(deps, orderId, terms);
  await settleLatePayment(deps, orderId, { ...terms, isLastAttempt: false });
  const lookAt = nextLook(deps.now(), since, { isPending, failsWithinSeconds });
  return lookAt === undefined ? deps.watch.end(watched) : deps.watch.keep(watched, lookAt);
}
