import { describe, expect, test } from 'vitest';
import { pathParametersOf } from '../../../../../functions/shared/http/path-parameters.ts';
import { Problem } from '../../../../../functions/shared/http/problem.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('The parameters of a path', () => {
  test.each([
    ['auth0%7C5f7c', 'auth0|5f7c'],
    ['auth0|5f7c', 'auth0|5f7c'],
    ['li%40example.com', 'li@example.com'],
    ['urn%3auser%3a1', 'urn:user:1'],
    ['%43%31', 'C1'],
    ['C%E4%B8%80', 'C一'],
    ['a%2Fb', 'a/b'],
    ['a+b', 'a+b'],
    ['C%2531', 'C%31'],
    [ID.toUpperCase(), ID.toUpperCase()],
  ])('are decoded once: %s', (customerId, decoded) => {
    expect(pathParametersOf({ customerId })).toEqual({ customerId: decoded });
  });

  test.each(['orderId', 'returnId', 'taskId'])('name things of the platform in either case: %s', (name) => {
    expect(pathParametersOf({ [name]: ID.toUpperCase() })).toEqual({ [name]: ID });
    expect(pathParametersOf({ [name]: ID.toUpperCase().replaceAll('-', '%2D') })).toEqual({ [name]: ID });
    expect(pathParametersOf({ [name]: 'No-UUID' })).toEqual({ [name]: 'No-UUID' });
  });

  test('may be none', () => {
    expect(pathParametersOf(null)).toEqual({});
  });

  test.each(['%', '%7', '%zz', 'a%ff', '%c0%af', '%ED%A0%80', '%E4%B8'])(
    'are refused with their name: %s',
    (customerId) => {
      let refused: unknown;
      try {
        pathParametersOf({ customerId });
      } catch (error) {
        refused = error;
      }
      expect(refused).toBeInstanceOf(Problem);
      expect((refused as Problem).errors).toMatchObject([{ parameter: 'customerId' }]);
      expect((refused as Problem).message).toMatch(/^customerId: The escapes/);
    },
  );
});
