import { describe, expect, test } from 'vitest';
import { admittedCaller, type Caller, callerKey, callerOf } from '../../../../../functions/shared/http/caller.ts';
import type { Callers, Scope } from '../../../../../functions/shared/http/route.ts';
import { authorizerContext, customer, operator } from '../../../../support/api/invocations.ts';
import { SCOPES } from '../../../../support/api/routes.ts';

const forbidden = { name: 'Problem', kind: 'forbidden' };
const admitted = (callers: Callers, caller: Caller) =>
  admittedCaller(callers, { authorizer: authorizerContext(caller) });
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

  test('is an operator with the scopes of the token', () => {
    expect(
      callerOf({ principalId: 'O1', role: 'operator', scope: 'orders:refund openid orders:read orders:READ' }),
    ).toEqual({ type: 'operator', id: 'O1', scopes: ['orders:refund', 'openid', 'orders:read', 'orders:READ'] });
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

describe('A route for operators', () => {
  test.each(SCOPES)('needs the scope %s and no other', (scope) => {
    const holder = operator(scope);
    expect(admitted({ operators: scope }, holder)).toEqual(holder);
    for (const others of [SCOPES.filter((other) => other !== scope), [scope.toUpperCase() as typeof scope]]) {
      expect(thrownBy(() => admitted({ operators: scope }, operator(...others)))).toMatchObject({
        ...forbidden,
        message: expect.stringContaining(scope),
      });
    }
  });

  test('that can be narrowed admits to the one that the scope names, and to no other', () => {
    const callers: Callers = { operators: 'partners:register', narrowedBy: 'partner' };
    const asked = (scope: Scope, partner: string, route = callers) =>
      admittedCaller(route, { authorizer: authorizerContext(operator(scope)) }, { partner });
    expect(asked('partners:register', 'carrier')).toEqual(operator('partners:register'));
    expect(asked('partners:register:carrier', 'carrier')).toEqual(operator('partners:register:carrier'));
    for (const act of [
      () => asked('partners:register:carrier', 'payment-gateway'),
      () => asked('partners:register:', 'carrier'),
      () => asked('partners:register:carrier', 'carrier', { operators: 'partners:register' }),
    ]) {
      expect(thrownBy(act)).toMatchObject({ ...forbidden, message: expect.stringContaining('partners:register') });
    }
  });

  test('is forbidden to customers', () => {
    expect(thrownBy(() => admitted({ operators: 'orders:read' }, customer()))).toMatchObject(forbidden);
  });
});

test('A route for customers is forbidden to operators, whatever their scopes', () => {
  expect(admitted({ customers: true }, customer())).toEqual(customer());
  expect(thrownBy(() => admitted({ customers: true }, operator(...SCOPES)))).toMatchObject(forbidden);
});

describe('A route for customers and operators', () => {
  const both: Callers = { customers: true, operators: 'orders:read' };

  test('admits every customer', () => {
    expect(admitted(both, customer('C2'))).toEqual(customer('C2'));
  });

  test('admits operators with the scope', () => {
    expect(admitted(both, operator('orders:read'))).toEqual(operator('orders:read'));
  });

  test('admits no operator without it', () => {
    expect(thrownBy(() => admitted(both, operator('orders:approve')))).toMatchObject(forbidden);
  });
});

test('A route for anyone does not ask for the caller', () => {
  expect(admittedCaller('anyone', {})).toBeUndefined();
});
