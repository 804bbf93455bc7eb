import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clauseEntries, exercised } from '../support/saga/coverage.ts';
import { CANCELLATION_SAGA, SAGAS, withoutOptionalFields } from '../support/saga/definition.ts';
import { type SagaRun, SagaRunner } from '../support/saga/runner.ts';
import { callsOf, give, IDS, type Scenario, scenariosOf } from '../support/saga/scenarios.ts';

const EVERY_SAGA = [...SAGAS.map(([, saga]) => saga), CANCELLATION_SAGA];

const failuresIn = (wait: string) =>
  wait.split(', ').map((failure) => {
    const [step, error] = failure.split(' ');
    return { step, error };
  });

/** How often a state was tried again in each of its visits. */
function retriesOfVisits({ failures }: SagaRun): string[] {
  const retries = failures.filter(({ then }) => then === 'retry');
  return retries.map(({ state, visit }) => `${state} ${retries.filter((other) => other.visit === visit).length}`);
}

describe.each([
  ...EVERY_SAGA.map((saga) => [saga.name, saga] as const),
  ...EVERY_SAGA.map(
    (saga) => [`${saga.name} without the fields that some engines leave out`, withoutOptionalFields(saga)] as const,
  ).filter(([, saga]) => !EVERY_SAGA.some(({ deployedDefinition }) => deployedDefinition === saga.deployedDefinition)),
])('%s:', (_, saga) => {
  const ids = IDS[saga.name]!;
  const scenarios = scenariosOf(saga);
  const runs = new Map<Scenario, SagaRun>();
  let runner: SagaRunner;

  beforeAll(async () => {
    runner = new SagaRunner(saga);
    for (const scenario of scenarios) {
      runs.set(scenario, await runner.run((step, _input, call) => give(scenario, step, call), ids));
    }
  });
  afterAll(() => runner.close());

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const { status, ...output } = scenario.end;
    const run = runs.get(scenario)!;
    expect(run.path).toEqual(scenario.path);
    expect(Object.fromEntries(run.calls)).toEqual(callsOf(saga, scenario));
    expect(run.awaited).toEqual((scenario.awaited ?? []).map((wait) => ({ ...ids, failures: failuresIn(wait) })));
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
      const used = new Set([...runs.values()].flatMap(retriesOfVisits));
      for (const [step, { Retry }] of saga.tasks) {
        for (const { MaxAttempts } of Retry) expect(used).toContain(`${step} ${MaxAttempts}`);
      }
    });

    test('names each scenario once', () => {
      expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    });
  });
});
