import { describe, expect, test } from 'vitest';
import { cases, expectedOf, outcomeOf } from './case.ts';

describe('Step Functions does as AWS does:', () => {
  test.each(cases())('%s', async (_name, one) => {
    expect(await outcomeOf(one)).toEqual(expectedOf(one));
  });
});
