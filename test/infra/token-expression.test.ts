import { describe, expect, test } from 'vitest';
import { newKey, tokenBy, unsigned } from '../support/fakes/token-issuer.ts';
import { synthesizedAssembly } from './support/assembly.ts';

describe('A request costs no invocation of the authoriser', () => {
  const [authoriser] = synthesizedAssembly().all('AWS::ApiGateway::Authorizer');
  const expression = () => new RegExp(authoriser!.properties.IdentityValidationExpression as string);

  test.each(['ES256', 'RS256'] as const)('unless its token looks like one: of %s, whatever it says', async (alg) => {
    const key = await newKey('key-1', alg);
    for (const claims of [{}, { sub: 'O1', role: 'operator', scope: 'orders:read orders:refund'.repeat(50) }]) {
      const token = await tokenBy(key, claims, Date.now(), { typ: 'at+jwt' });
      for (const scheme of ['Bearer ', 'bearer ', 'BEARER   ']) expect(`${scheme}${token}`).toMatch(expression());
      for (const padded of ['=', '==']) expect(`Bearer ${token}${padded}`).toMatch(expression());
    }
  });

  test.each([
    '',
    'null',
    'Bearer',
    'Bearer garbage',
    'Bearer e30.e30.',
    `Bearer ${unsigned({ alg: 'none' }, { sub: 'C1' })}`,
    `Bearer ${unsigned({ alg: 'HS256' }, { sub: 'C1' }, 'A'.repeat(43))}`,
    `Bearer ${'a.'.repeat(50)}`,
    `Bearer ${'a'.repeat(5_000)}`,
    `Bearer e30.e30.${'A'.repeat(86)}.${'A'.repeat(86)}`,
    `Basic e30.e30.${'A'.repeat(86)}`,
    `Bearer e30.e3 0.${'A'.repeat(86)}`,
    `Bearer e30.e+0.${'A'.repeat(86)}`,
  ])('with "%s"', (header) => {
    expect(header).not.toMatch(expression());
  });
});
