import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import {
  isEndedBy,
  kindOf,
  needsPerson,
  partnerAwaited,
} from '../../../../../functions/recovery/domain/waiting-step.ts';
import { changeRequested, EVENTS } from '../../../../support/orders/streams.ts';

const GATEWAY_DOWN = 'PaymentGatewayUnavailable';

describe('A step that fails', () => {
  test.each([
    ['ReserveInventory', 'forward', 'platform'],
    ['AuthorisePayment', 'forward', 'payment-gateway'],
    ['CreateShipment', 'forward', 'carrier'],
    ['CapturePayment', 'forward', 'payment-gateway'],
    ['ConfirmOrder', 'completion', 'platform'],
    ['CancelShipment', 'compensation', 'carrier'],
    ['VoidPayment', 'compensation', 'payment-gateway'],
    ['ReleaseInventory', 'compensation', 'platform'],
    ['CancelOrder', 'completion', 'platform'],
    ['AdjustAuthorisation', 'forward', 'payment-gateway'],
    ['AdjustReservation', 'forward', 'platform'],
    ['RefuseItemsChange', 'completion', 'platform'],
    ['RestoreAuthorisation', 'compensation', 'payment-gateway'],
  ] as const)('%s: its work is a %s, for which it waits for the %s', (step, kind, partner) => {
    expect(kindOf(step)).toBe(kind);
    expect(partnerAwaited(step, GATEWAY_DOWN, 'card')).toBe(partner);
  });

  test.each([
    ['card', 'payment-gateway'],
    ['alipay', 'alipay'],
    ['wechat_pay', 'wechat-pay'],
    ['bank_transfer', 'bank'],
  ] as const)('waits for the channel of its method of payment: %s', (paidBy, partner) => {
    expect(partnerAwaited('VoidPayment', GATEWAY_DOWN, paidBy)).toBe(partner);
  });

  test.each([
    ['AuthorisePayment', 'PaymentPending', 'customer'],
    ['ReserveInventory', 'Backordered', 'goods'],
    ['CapturePayment', 'ConcurrencyConflict', 'platform'],
    ['AdjustAuthorisation', 'ConcurrencyConflict', 'payment-gateway'],
    ['AdjustAuthorisation', 'DependencyUnavailable', 'platform'],
    ['CapturePayment', 'Lambda.TooManyRequestsException', 'platform'],
  ] as const)('%s with %s waits for the %s', (step, error, partner) => {
    expect(partnerAwaited(step, error, 'card')).toBe(partner);
  });

  test.each([
    ['Lambda.Unknown', undefined, false],
    ['States.Timeout', undefined, false],
    ['States.TimeoutLater', undefined, true],
    ['NotLambda.Unknown', undefined, true],
    ['Lambda.', undefined, true],
    ['TypeError', undefined, true],
    [GATEWAY_DOWN, 'person', true],
    [GATEWAY_DOWN, 'wait', false],
  ] as const)('with %s, of strategy %s: only a person can help: %s', (error, strategy, expected) => {
    expect(needsPerson(error, strategy)).toBe(expected);
  });
});

describe('The wait of a step', () => {
  const event = (type: string) => ({ type, data: {} }) as unknown as OrderEvent;
  const waits = {
    forPayment: { step: 'AuthorisePayment', error: 'PaymentPending' },
    forGoods: { step: 'ReserveInventory', error: 'Backordered' },
    forChange: { step: 'CapturePayment', error: 'OrderChanged' },
    forGateway: { step: 'CapturePayment', error: GATEWAY_DOWN },
    ofUndo: { step: 'VoidPayment', error: GATEWAY_DOWN },
  } as const;
  const endedBy = (ending: OrderEvent) =>
    Object.entries(waits).flatMap(([name, wait]) => (isEndedBy(ending, wait) ? [name] : []));
  const FORWARD = ['forPayment', 'forGoods', 'forChange', 'forGateway'];

  test.each<[OrderEvent, readonly string[]]>([
    [event('CancellationRequested'), FORWARD],
    [EVENTS.cancelled, FORWARD],
    [event('PaymentNotified'), ['forPayment']],
    [event('TransferReceived'), ['forPayment']],
    [EVENTS.reserved, ['forGoods']],
    [event('ItemsChanged'), ['forGoods', 'forChange']],
    [event('ItemsChangeRefused'), ['forChange']],
    [event('TaskResumed'), ['ofUndo']],
    [EVENTS.resolved, ['ofUndo']],
    [EVENTS.captured, []],
    [changeRequested([]), []],
  ])('is ended by what it waits for alone: %j', (ending, expected) => {
    expect(endedBy(ending)).toEqual(expected);
  });
});
