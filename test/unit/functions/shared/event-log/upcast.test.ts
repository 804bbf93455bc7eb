import { describe, expect, test } from 'vitest';
import { ORDER } from '../../../../../functions/published/order-log.ts';
import {
  schemaVersionOf,
  storedForm,
  upcast,
  writtenVersionOf,
} from '../../../../../functions/shared/event-log/upcast.ts';
import { EVENTS, newEvent, ORDER_ID } from '../../../../support/orders/streams.ts';

/** A log in which declined payments have come to version 3. */
const later: typeof ORDER = {
  ...ORDER,
  upcasters: {
    ...ORDER.upcasters,
    PaymentDeclined: [({ code }) => ({ declineCode: code }), (data) => ({ ...data, final: true })],
  },
};

const stored = (schemaVersion: unknown, data: unknown) => ({
  ...newEvent(EVENTS.declined, 1),
  data,
  orderId: ORDER_ID,
  version: 2,
  schemaVersion,
});
const today = { declineCode: 'insufficient_funds', final: true };

describe('A stored event', () => {
  test.each([
    [1, { code: 'insufficient_funds' }],
    [2, { declineCode: 'insufficient_funds' }],
    [3, today],
  ])('of version %i comes to its shape of today, and only its data changes', (schemaVersion, data) => {
    expect(upcast(later, stored(schemaVersion, data))).toEqual({
      ...newEvent(EVENTS.declined, 1),
      data: today,
      orderId: ORDER_ID,
      version: 2,
    });
  });

  test('is not changed by reading it', () => {
    const item = stored(1, Object.freeze({ code: 'x' }));
    upcast(later, Object.freeze(item));
    expect(item.data).toEqual({ code: 'x' });
  });

  test.each([4, 0, 1.5, '1', undefined])(
    'of version %p is a fault with a name: other code wrote it',
    (schemaVersion) => {
      expect(() => upcast(later, stored(schemaVersion, {}))).toThrow(
        expect.objectContaining({
          name: 'UnknownEventVersion',
          retryable: false,
          data: { orderId: ORDER_ID, version: 2, type: 'PaymentDeclined', schemaVersion },
        }),
      );
    },
  );

  test.each(['OrderTeleported', 'toString', undefined])(
    'of the type %p is the same fault: nothing of it may be shown or published',
    (type) => {
      expect(() => upcast(ORDER, { ...stored(1, { address: 'secret' }), type })).toThrow(
        expect.objectContaining({ name: 'UnknownEventVersion', message: expect.not.stringContaining('secret') }),
      );
    },
  );

  test('is stored in the version that the code reads without upcasting', () => {
    const item = stored(schemaVersionOf(ORDER.upcasters, 'PaymentDeclined'), EVENTS.declined.data);
    expect(upcast(ORDER, item).data).toBe(item.data);
  });
});

describe('An event that is announced', () => {
  const withoutFinal = ({ declineCode }: Readonly<Record<string, unknown>>) => ({ declineCode });
  const announcing = { ...later, announced: { PaymentDeclined: withoutFinal, OrderShipped: 'unwritten' as const } };
  const declined = { ...EVENTS.declined, data: today } as typeof EVENTS.declined;

  test('is stored in the version before, which the release before reads; the version after it in its own', () => {
    expect(storedForm(announcing, declined)).toEqual({ schemaVersion: 2, data: { declineCode: 'insufficient_funds' } });
    expect(storedForm(later, declined)).toEqual({ schemaVersion: 3, data: today });
    expect([writtenVersionOf(announcing, 'PaymentDeclined'), writtenVersionOf(later, 'PaymentDeclined')]).toEqual([
      2, 3,
    ]);
  });

  test('is read as it will be written', () => {
    const { schemaVersion, data } = storedForm(announcing, declined);
    expect(upcast(announcing, stored(schemaVersion, data)).data).toEqual(today);
  });

  test('is not stored at all when its type is new', () => {
    expect(writtenVersionOf(announcing, 'OrderShipped')).toBe(0);
    expect(() => storedForm(announcing, { type: 'OrderShipped', data: {} })).toThrow(
      'OrderShipped is announced: no release writes it before the next one.',
    );
  });
});
