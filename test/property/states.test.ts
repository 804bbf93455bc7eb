import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../local/contracts.ts';
import { TaskFailure } from '../../local/states/failure.ts';
import type { TaskIntegration } from '../../local/states/integration.ts';
import fc from '../support/run/properties.ts';
import { Engine, StoreFile, task } from '../unit/local/states/engine.ts';

/** One state of a made-up machine. What each adds to the output is known without running it. */
type Part =
  | { readonly kind: 'pass' | 'wait' }
  | { readonly kind: 'task'; readonly failures: number }
  | { readonly kind: 'parallel' | 'map'; readonly width: number };

const RETRIES = 2;
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constantFrom('pass' as const, 'wait' as const) }),
  fc.record({ kind: fc.constant('task' as const), failures: fc.integer({ min: 0, max: RETRIES + 1 }) }),
  fc.record({ kind: fc.constantFrom('parallel' as const, 'map' as const), width: fc.integer({ min: 1, max: 3 }) }),
);

const note = (value: Json) => ({ Assign: { log: ['{% $log %}', value] } });
const inner = (name: string, argument: Json) => ({ StartAt: name, States: { [name]: task({ Arguments: argument }) } });

function stateOf(step: Part, index: number, Next: string): JsonObject {
  switch (step.kind) {
    case 'pass':
      return { Type: 'Pass', ...note(index), Next };
    case 'wait':
      return { Type: 'Wait', Seconds: index + 1, ...note(index), Next };
    case 'task':
      return task({
        Arguments: { index, failures: step.failures, attempt: '{% $states.context.State.RetryCount %}' },
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: RETRIES }],
        Catch: [{ ErrorEquals: ['States.ALL'], ...note('caught'), Next }],
        ...note('{% $states.result %}'),
        Next,
      });
    case 'parallel':
      return {
        Type: 'Parallel',
        Branches: Array.from({ length: step.width }, (_, branch) =>
          inner(`branch ${index}.${branch}`, { index: branch }),
        ),
        ...note('{% $states.result %}'),
        Next,
      };
    case 'map':
      return {
        Type: 'Map',
        Items: Array.from({ length: step.width }, (_, item) => item),
        ItemProcessor: inner(`item ${index}`, { index: '{% $states.input %}' }),
        ...note('{% $states.result %}'),
        Next,
      };
  }
}

function valueOf(step: Part, index: number): Json {
  if (step.kind === 'task') return step.failures > RETRIES ? 'caught' : index;
  return 'width' in step ? Array.from({ length: step.width }, (_, inside) => inside) : index;
}

/** Fails while the attempt is one of the first `failures`: what it does depends on its arguments alone, so a repeated call does the same. */
const answer: TaskIntegration = async (args) => {
  const { index, failures = 0, attempt = 0 } = args as { index: number; failures?: number; attempt?: number };
  if (attempt < failures) throw new TaskFailure('Busy', '');
  return index;
};

test('a machine that is killed again and again ends as if it had never been killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }),
      async (parts, lives) => {
        const file = new StoreFile();
        try {
          const states: JsonObject = { 'state -1': { Type: 'Pass', Assign: { log: null }, Next: 'state 0' } };
          parts.forEach((step, index) => {
            states[`state ${index}`] = stateOf(step, index, index + 1 < parts.length ? `state ${index + 1}` : 'end');
          });
          const first = new Engine({ store: file.open(), task: answer });
          first.define({ ...states, end: { Type: 'Pass', Output: '{% $log %}', End: true } });
          first.service.close();

          let engine = new Engine({ store: file.open(1), task: answer, clock: first.clock });
          const arn = await engine.start({}, { name: 'one' });
          for (const commits of lives) {
            engine = new Engine({ store: file.open(commits), task: answer, clock: first.clock });
            engine.service.resume();
            // A killed engine waits for nothing any more, and so does not end it.
            await engine.ended(arn).catch((error: Error) => expect(error.message).toContain('has not ended'));
          }
          engine = new Engine({ store: file.open(), task: answer, clock: first.clock });
          engine.service.resume();
          const log = parts.reduce<Json>((before, step, index) => [before, valueOf(step, index)], null);
          expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: log });
          const ids = (await engine.history(arn)).map(({ id }) => id);
          expect(ids).toEqual(ids.map((_, index) => index + 1));
        } finally {
          file.remove();
        }
      },
    ),
  );
});
