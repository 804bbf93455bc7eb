/** What waiting orders stand on, as functions have it. */

import { ERRORS } from '../../../functions/published/errors.ts';
import type {
  AwaitDeps,
  Circuits,
  KeeperDeps,
  SagaTokens,
  Timers,
  Waits,
} from '../../../functions/recovery/application/ports.ts';
import { PLATFORM } from '../../../functions/recovery/domain/waiting-step.ts';
import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';
import type { ErrorClass } from '../../../functions/shared/kernel/error-class.ts';
import type { PartnerStore } from '../../../functions/shared/outbound/ports.ts';
import type { StepDeps } from '../../../functions/shared/saga-step/conclude-step.ts';
import { AwsError } from '../../../local/contracts.ts';
import type { StatesService } from '../../../local/states/service.ts';
import type { VirtualQueue } from './queue.ts';

const LONGEST_DELAY_MS = 900_000;

export interface RecoveryOptions extends StepDeps {
  readonly waits: Waits;
  readonly timers: Timers;
  readonly keeper: VirtualQueue;
  readonly store: PartnerStore;
  readonly configuration: ConfigurationSource;
  readonly newId: () => string;
}

export function recoveryOn({ keeper, store, configuration, ...stands }: RecoveryOptions): AwaitDeps {
  const rows: Readonly<Record<string, ErrorClass>> = ERRORS;
  return {
    ...stands,
    messages: {
      longestMs: LONGEST_DELAY_MS,
      round: async (partner, id, delayMs) => keeper.send({ partner, id }, 1_000 * Math.ceil(delayMs / 1_000)),
      release: async ({ orderId, step, changeId }) => keeper.send({ orderId, step, changeId }),
    },
    circuits: circuitsIn(store, configuration),
    settings: async () => (await configuration.current()).recovery,
    strategyOf: (error) => (Object.hasOwn(rows, error) ? rows[error]!.strategy : undefined),
  };
}

const circuitsIn = (store: PartnerStore, configuration: ConfigurationSource): Circuits => ({
  async find(partner) {
    if (partner === PLATFORM) return { state: 'closed' };
    const [{ circuit }, { breaker }] = await Promise.all([store.read(partner), configuration.current()]);
    if (circuit.state === 'closed') return { state: 'closed' };
    const { probes } = breaker;
    return circuit.state === 'open' ? { state: 'open', until: circuit.until, probes } : { state: 'half-open', probes };
  },
});

export const SILENT: KeeperDeps['monitor'] = {
  waiting: () => {},
  oldest: () => {},
  released: () => {},
  gaveUp: () => {},
  failed: () => {},
};

/** The tokens of the executions of one engine. */
export const tokensOf = (states: StatesService): SagaTokens => ({
  succeed: (taskToken) => whileWaiting(() => states.handle('SendTaskSuccess', { taskToken, output: '{}' })),
  fail: (taskToken, { name, message }) =>
    whileWaiting(() => states.handle('SendTaskFailure', { taskToken, error: name, cause: message })),
});

async function whileWaiting(answer: () => Promise<unknown>): Promise<boolean> {
  try {
    await answer();
    return true;
  } catch (error) {
    if (error instanceof AwsError && ['TaskTimedOut', 'InvalidToken'].includes(error.code)) return false;
    throw error;
  }
}
