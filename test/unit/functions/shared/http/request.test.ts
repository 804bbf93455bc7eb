import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../../../functions/published/routes.ts';
import { idempotencyKeyOf } from '../../../../../functions/shared/http/request.ts';
import type { Route } from '../../../../../functions/shared/http/route.ts';
import { operator } from '../../../../support/api/invocations.ts';

const keyed = (route: Route, target?: string) =>
  idempotencyKeyOf({ route, caller: operator(), headers: { 'idempotency-key': 'key-1' } }, target);
const idempotent = ROUTES.filter((route: Route) => route.idempotency);

describe('An Idempotency-Key', () => {
  test('is kept under the caller, the operation and what it changes', () => {
    const cancelOrder = ROUTES.find(({ operationId }) => operationId === 'cancelOrder')!;
    expect(keyed(cancelOrder, 'the-order')).toBe('operator:O1#cancel-order#the-order#key-1');
    expect(keyed(cancelOrder)).toBe('operator:O1#cancel-order#key-1');
  });

  test('finds the answers that are kept: the names of operations in keys stay', () => {
    expect(idempotent.map((route) => keyed(route)?.split('#')[1])).toEqual(
      expect.arrayContaining([
        'approve-order',
        'cancel-order',
        'change-items',
        'change-shipping-address',
        'create-order',
        'deliver-order',
        'receive-return',
        'refund-order',
        'reject-order',
        'request-return',
        'ship-order',
      ]),
    );
  });

  test('is optional', () => {
    expect(idempotencyKeyOf({ route: ROUTES[0], caller: operator(), headers: {} })).toBeUndefined();
  });
});
