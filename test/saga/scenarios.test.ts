import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clauseEntries, exercised } from '../support/saga/coverage.ts';
import { CANCELLATION_SAGA, SAGAS } from '../support/saga/definition.ts';
import { type SagaRun, SagaRunner } from '../support/saga/runner.ts';
import { answerOf, type Scenario, scenariosOf } from '../support/saga/scenarios.ts';
import { type StepAnswer, StepError, type StepInput } from '../support/saga/steps.ts';

const ORDER_ID = '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f50';
/** What the executions of each saga are told beside a version. */
const IDS: Readonly<Record<string, { readonly orderId: string; readonly changeId?: string }>> = {
  'order-saga': { orderId: ORDER_ID },
  cancellation: { orderId: ORDER_ID },
  'items-change': { orderId: ORDER_ID, changeId: '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f51' },
};

/** A step that works records one fact, and so answers the next version of the order's stream. */
function give(answer: string, { version }: StepInput): StepAnswer {
  if (answer === 'ok') return { version: version + 1 };
  if (answer === 'silence' || answer === 'outage') return answer;
  throw new StepError(answer);
}

describe.each([...SAGAS, [CANCELLATION_SAGA.name, CANCELLATION_SAGA] as const])('%s:', (sagaName, saga) => {
  const ids = IDS[sagaName]!;
  const scenarios = scenariosOf(saga);
  const runs = new Map<Scenario, SagaRun>();
  let runner: SagaRunner;

  beforeAll(async () => {
    runner = new SagaRunner(saga);
    for (const scenario of scenarios) {
      runs.set(scenario, await runner.run((step, input, call) => give(answerOf(scenario, step, call), input), ids));
    }
  }, 60_000);
  afterAll(() => runner.close());

  /** How often each step of the scenario is called. */
  const callsOf = ({ path, calls }: Scenario): Record<string, number> => ({
    ...Object.fromEntries(path.filter((state) => saga.tasks.has(state)).map((state) => [state, 1])),
    ...calls,
  });

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const { status, ...output } = scenario.end;
    const run = runs.get(scenario)!;
    expect(run.path).toEqual(scenario.path);
    expect(Object.fromEntries(run.calls)).toEqual(callsOf(scenario));
    expect(run.published).toEqual((scenario.published ?? []).map((detail) => ({ orderId: ORDER_ID, ...detail })));
    expect(run).toMatchObject({ status, ...(status === 'FAILED' && output) });
    expect(run.output).toEqual(status === 'SUCCEEDED' ? { ...ids, ...output } : undefined);
  });

  describe('the scenario table', () => {
    test('exercises every error name of every Retry and every Catch', () => {
      expect([...exercised(saga, [...runs.values()])].sort()).toEqual(clauseEntries(saga).sort());
    });

    test('enters every state', () => {
      expect(new Set([...runs.values()].flatMap(({ path }) => path))).toEqual(
        new Set(Object.keys(saga.definition.States)),
      );
    });

    test('uses up every retry of every Task', () => {
      const exhausted = [...runs.values()].flatMap(({ calls }) =>
        [...calls].map(([step, count]) => `${step} ${count}`),
      );
      for (const [step, { Retry }] of saga.tasks) {
        for (const { MaxAttempts } of Retry) expect(exhausted).toContain(`${step} ${MaxAttempts + 1}`);
      }
    });

    test('names each scenario once', () => {
      expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    });
  });
});
