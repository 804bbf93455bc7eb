import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clauseEntries, exercised } from '../support/saga-coverage.ts';
import { definition, tasks } from '../support/saga-definition.ts';
import { type SagaRun, SagaRunner } from '../support/saga-runner.ts';
import { answerOf, type Scenario, scenarios } from '../support/saga-scenarios.ts';
import { type StepAnswer, StepError, type StepInput } from '../support/saga-steps.ts';

const ORDER_ID = '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f50';

let runner: SagaRunner;
const runs = new Map<Scenario, SagaRun>();
beforeAll(async () => {
  runner = new SagaRunner();
  for (const scenario of scenarios) {
    runs.set(scenario, await runner.run((step, input, call) => give(answerOf(scenario, step, call), input), ORDER_ID));
  }
}, 60_000);
afterAll(() => runner.close());

/** A step that works records one fact, and so answers the next version of the order's stream. */
function give(answer: string, { version }: StepInput): StepAnswer {
  if (answer === 'ok') return { version: version + 1 };
  if (answer === 'silence' || answer === 'outage') return answer;
  throw new StepError(answer);
}

function runOf(scenario: Scenario): SagaRun {
  const run = runs.get(scenario);
  if (!run) throw new RangeError(`The scenario "${scenario.name}" did not run.`);
  return run;
}

/** How often each step of the scenario is called. */
const callsOf = ({ path, calls }: Scenario): Record<string, number> => ({
  ...Object.fromEntries(path.filter((state) => tasks.has(state)).map((state) => [state, 1])),
  ...calls,
});

describe('the order saga:', () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    const { status, ...output } = scenario.end;
    const run = runOf(scenario);
    expect(run.path).toEqual(scenario.path);
    expect(Object.fromEntries(run.calls)).toEqual(callsOf(scenario));
    expect(run.published).toEqual((scenario.published ?? []).map((detail) => ({ orderId: ORDER_ID, ...detail })));
    expect(run).toMatchObject({ status, ...(status === 'FAILED' && output) });
    expect(run.output).toEqual(status === 'SUCCEEDED' ? { orderId: ORDER_ID, ...output } : undefined);
  });
});

describe('the scenario table', () => {
  test('exercises every error name of every Retry and every Catch', () => {
    expect([...exercised([...runs.values()])].sort()).toEqual([...clauseEntries].sort());
  });

  test('enters every state', () => {
    expect(new Set([...runs.values()].flatMap(({ path }) => path))).toEqual(new Set(Object.keys(definition.States)));
  });

  test('uses up every retry of every Task', () => {
    const exhausted = [...runs.values()].flatMap(({ calls }) => [...calls].map(([step, count]) => `${step} ${count}`));
    for (const [step, { Retry }] of tasks) {
      for (const { MaxAttempts } of Retry) expect(exhausted).toContain(`${step} ${MaxAttempts + 1}`);
    }
  });

  test('names each scenario once', () => {
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  });
});
