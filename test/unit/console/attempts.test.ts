import { describe, expect, test } from 'vitest';
import { unclearAfter } from '../../../console/src/api/attempts.ts';
import { ApiProblem, NoAnswer, SignInNeeded } from '../../../console/src/api/problem.ts';

const problem = (status: number) => new ApiProblem(status, {}, new Headers());

describe('A decision whose try has failed', () => {
  test.each([new NoAnswer(''), problem(500), problem(503), problem(504)])(
    'is sent again for the same version while it is not clear what became of it: %s',
    (error) => {
      expect(unclearAfter(error, 7, undefined)).toBe(7);
      expect(unclearAfter(error, 7, 7)).toBe(7);
    },
  );

  test.each([problem(400), problem(409), problem(412), problem(422), new SignInNeeded()])(
    'is sent for what the reader sees when it was refused: %s',
    (error) => expect(unclearAfter(error, 7, undefined)).toBeUndefined(),
  );

  test('stays what it was when an earlier try may be under way still', () => {
    expect(unclearAfter(problem(409), 7, 7)).toBe(7);
    expect(unclearAfter(new SignInNeeded(), 7, 7)).toBe(7);
  });

  test('is free for another version once it is sure that no try of it was carried out', () => {
    expect(unclearAfter(problem(412), 7, 7)).toBeUndefined();
  });
});
