import type { KeeperDeps, WaitKey } from '../../../functions/recovery/application/ports.ts';
import type { WakeDeps } from '../../../functions/recovery/application/wake-order.ts';
import type { CircuitState } from '../../../functions/recovery/domain/circuit-state.ts';
import type { CallLimits } from '../../../functions/recovery/domain/settings.ts';
import type { AwaitedPartner } from '../../../functions/recovery/domain/waiting-step.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import type { ErrorStrategy } from '../../../functions/shared/kernel/error-class.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryTimers } from '../fakes/in-memory-timers.ts';
import { InMemoryWaits } from '../fakes/in-memory-waits.ts';
import { START } from '../orders/streams.ts';

const STRATEGIES: Readonly<Record<string, ErrorStrategy>> = {
  CircuitOpen: 'wait',
  NoHealthyInstance: 'wait',
  PaymentGatewayUnavailable: 'back-off',
  DependencyUnavailable: 'back-off',
  OrderChanged: 'back-off',
  PaymentRequestRefused: 'person',
};

/** What the use cases of recovery need, in memory: a test sets the time and the circuit, and sees what was sent. */
export function recoveryFakes() {
  const situation: { now: number; circuit: CircuitState; limits: CallLimits } = {
    now: START + 10_000,
    circuit: { state: 'open', until: START + 40_000, probes: 2 },
    limits: {},
  };
  const rounds: { readonly partner: AwaitedPartner; readonly id: string; readonly at: number }[] = [];
  const released: WaitKey[] = [];
  const answers: (readonly [token: string, answer: string])[] = [];
  const repaired: OrderId[] = [];
  const metrics: (readonly unknown[])[] = [];
  const lost = new Set<string>();
  let ids = 0;
  const answer = async (token: string, how: string): Promise<boolean> => {
    if (lost.has(token)) return false;
    lost.add(token);
    answers.push([token, how]);
    return true;
  };
  const note =
    (name: string) =>
    (...args: readonly unknown[]) =>
      void metrics.push([name, ...args]);
  const deps: KeeperDeps & WakeDeps & { readonly strategyOf: (error: string) => ErrorStrategy | undefined } = {
    log: new InMemoryOrderLog(),
    waits: new InMemoryWaits(),
    timers: new InMemoryTimers(),
    messages: {
      longestMs: 900_000,
      round: async (partner, id, delayMs) => void rounds.push({ partner, id, at: situation.now + delayMs }),
      release: async (wait) => void released.push(wait),
    },
    tokens: {
      succeed: (token) => answer(token, 'succeeded'),
      fail: (token, { name }) => answer(token, name),
    },
    repair: async (orderId) => void repaired.push(orderId),
    circuits: { find: async () => situation.circuit },
    settings: async () => DEFAULT_CONFIGURATION.recovery,
    limits: async () => situation.limits,
    strategyOf: (error) => STRATEGIES[error],
    monitor: {
      waiting: note('waiting'),
      oldest: note('oldest'),
      released: note('released'),
      gaveUp: note('gaveUp'),
      failed: note('failed'),
    },
    newId: () => `message-${(ids += 1)}`,
    now: () => situation.now,
  };
  return { deps, situation, rounds, released, answers, repaired, metrics, lost };
}
