import { describe, expect, test } from 'vitest';
import { Problem } from '../../../../../functions/shared/http/problem.ts';
import { INVALID_REQUEST } from '../../../../../functions/shared/http/problems.ts';
import { PROBLEMATIC_CHARACTERS } from '../../../../support/api/problematic-characters.ts';

describe('A problem that repeats text of the request', () => {
  test.each(PROBLEMATIC_CHARACTERS)('has a number for %s, in every part of it', (_, character) => {
    const problem = new Problem(INVALID_REQUEST, `There is no ${character}.`, {
      errors: [
        { pointer: `/a${character}`, detail: `b${character}` },
        { parameter: `c${character}`, detail: `d${character}` },
      ],
    });
    const texts: string[] = [];
    JSON.parse(problem.toResponse(`/orders/${character}`).body, (_name, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
    });
    expect(texts).toHaveLength(8);
    expect(texts.filter((text) => text.includes(character))).toEqual([]);
    expect(problem.message).not.toContain(character);
    expect(problem.message).toMatch(/^There is no \\u(?:[\dA-F]{4}|\{[\dA-F]{5,6}\})\.$/);
  });

  test('has stars for the digits of a card number', () => {
    const problem = new Problem(INVALID_REQUEST, 'There is no order 4111 1111 1111 1111.', {
      errors: [{ pointer: '/4111111111111111', detail: 'This field is not known.' }],
    });
    const { body } = problem.toResponse('/api/v1/orders/4111-1111-1111-1111');
    expect(body).not.toContain('1111');
    expect(body).toContain('There is no order **** **** **** ****.');
  });

  test('keeps ids and amounts', () => {
    const detail = 'The order 01890a5d-ac96-774b-bcce-b302099a8057 has 8800 CNY; at most 9007199254740991 are taken.';
    expect(new Problem(INVALID_REQUEST, detail).message).toBe(detail);
  });

  test('has no endless text', () => {
    const problem = new Problem(INVALID_REQUEST, 'x'.repeat(5_000), {
      errors: [{ pointer: `/${'y'.repeat(60_000)}`, detail: 'No.' }],
    });
    expect(problem.message).toBe(`${'x'.repeat(4_000)}…`);
    expect(problem.toResponse('/').body.length).toBeLessThan(9_000);
  });
});
