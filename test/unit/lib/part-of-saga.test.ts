import { describe, expect, test } from 'vitest';
import { type Definition, partOf } from '../../../lib/constructs/part-of-saga.ts';

const WHOLE: Definition = {
  QueryLanguage: 'JSONata',
  TimeoutSeconds: 60,
  StartAt: 'Do',
  States: {
    Do: { Type: 'Task', Next: 'More', Catch: [{ Next: 'Undo' }] },
    More: { Type: 'Task', End: true, Catch: [{ Next: 'Undo' }] },
    Undo: { Type: 'Task', Next: 'Choose', Catch: [{ Next: 'Park' }] },
    Choose: { Type: 'Choice', Choices: [{ Next: 'Tell' }], Default: 'Quiet' },
    Tell: { Type: 'Task', End: true },
    Quiet: { Type: 'Succeed' },
    Park: { Type: 'Fail' },
  },
};

describe('A part of a saga', () => {
  const part = partOf(WHOLE, { at: 'Undo', assign: { reason: 'asked' } });

  test('has the states that follow from its entry, over every kind of transition, as they are', () => {
    const { Begin, ...kept } = part.States;
    expect(kept).toEqual(
      Object.fromEntries(
        Object.entries(WHOLE.States).filter(([name]) => ['Undo', 'Choose', 'Tell', 'Quiet', 'Park'].includes(name)),
      ),
    );
    expect(Begin).toEqual({ Type: 'Pass', Assign: { reason: 'asked' }, Next: 'Undo' });
  });

  test('begins with the variables that its states expect, and keeps what holds for the whole machine', () => {
    expect(part).toMatchObject({ QueryLanguage: 'JSONata', TimeoutSeconds: 60, StartAt: 'Begin' });
  });

  test('is refused at a state that is not there', () => {
    expect(() => partOf(WHOLE, { at: 'Undoing', assign: {} })).toThrow(/no state Undoing/);
  });
});
