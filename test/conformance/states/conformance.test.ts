import { describe, expect, test } from '@jest/globals';
import { cases, outcomeOf } from './case.ts';

describe('Step Functions does as AWS does:', () => {
  test.each(cases())('%s', async (_name, one) => {
    const { ends, seconds, history, details } = one;
    expect(await outcomeOf(one)).toEqual({ ends, seconds, history, ...(details ? { details } : {}) });
  });
});
