import { describe, expect, test } from '@jest/globals';
import {
  type Caller,
  callerKey,
  callerOf,
  ordersOpenTo,
  requireCustomer,
  requireScope,
  SCOPES,
} from '../../../../../functions/shared/http/caller.ts';
import { customer, operator } from '../../../../support/api/invocations.ts';

const forbidden = { name: 'Problem', kind: 'forbidden' };
const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
};

describe('The caller that the authoriser tells of', () => {
  test('is a customer with what the issuer knows of them', () => {
    expect(callerOf({ principalId: 'C1', role: 'customer', email: 'li@example.com', name: '李伟' })).toEqual({
      type: 'customer',
      id: 'C1',
      email: 'li@example.com',
      name: '李伟',
    });
    expect(callerOf({ principalId: 'auth0|5f7c8ec7c33c6c004bbafe82', role: 'customer' })).toEqual({
      type: 'customer',
      id: 'auth0|5f7c8ec7c33c6c004bbafe82',
    });
  });

  test('is an operator with those of their scopes that mean something here', () => {
    expect(
      callerOf({ principalId: 'O1', role: 'operator', scope: 'orders:refund openid orders:read orders:READ' }),
    ).toEqual({ type: 'operator', id: 'O1', scopes: ['orders:read', 'orders:refund'] });
    expect(callerOf({ principalId: 'O1', role: 'operator', scope: '' })).toEqual({
      type: 'operator',
      id: 'O1',
      scopes: [],
    });
  });

  test('has no scope for being a customer', () => {
    expect(callerOf({ principalId: 'C1', role: 'customer', scope: 'orders:read' })).toEqual({
      type: 'customer',
      id: 'C1',
    });
  });

  test.each([
    undefined,
    null,
    {},
    { principalId: 'C1' },
    { principalId: 'C1', role: 'admin' },
    { role: 'customer' },
    { principalId: '', role: 'operator', scope: '' },
    { principalId: 'a#b', role: 'customer' },
  ])('is never guessed: %j', (context) => {
    expect(() => callerOf(context)).toThrow();
  });

  test('is never confused with one of the other type', () => {
    expect(callerKey({ ...operator(), id: 'C1' })).not.toBe(callerKey(customer('C1')));
  });
});

describe('What only operators do', () => {
  test.each(SCOPES)('needs the scope %s and no other', (scope) => {
    const holder = operator(scope);
    expect(requireScope(holder, scope)).toBe(holder);
    const others = operator(...SCOPES.filter((other) => other !== scope));
    expect(thrownBy(() => requireScope(others, scope))).toMatchObject({
      ...forbidden,
      message: expect.stringContaining(scope),
    });
  });

  test('is forbidden to customers', () => {
    expect(thrownBy(() => requireScope(customer(), 'orders:read'))).toMatchObject(forbidden);
  });
});

test('What only customers do is forbidden to operators, whatever their scopes', () => {
  const someone = customer();
  expect(requireCustomer(someone)).toBe(someone);
  expect(thrownBy(() => requireCustomer(operator(...SCOPES)))).toMatchObject(forbidden);
});

describe('Orders are open', () => {
  const openTo = (caller: Caller, owner: string) => ordersOpenTo(caller, 'orders:read')(owner);

  test('to the customer who placed them, and to no other', () => {
    expect(openTo(customer('C1'), 'C1')).toBe(true);
    expect(['C2', 'c1', 'C1 ', ''].map((owner) => openTo(customer('C1'), owner))).toEqual([false, false, false, false]);
  });

  test('to operators with the scope, whoever placed them', () => {
    expect(openTo(operator('orders:read'), 'C1')).toBe(true);
  });

  test('to no operator without it, and nothing needs to be looked up to say so', () => {
    expect(thrownBy(() => ordersOpenTo(operator('orders:approve'), 'orders:read'))).toMatchObject(forbidden);
  });
});
