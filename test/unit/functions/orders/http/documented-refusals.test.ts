/** Whatever a command is refused for, its contract says so: every command in every status, and each reason that a status leaves. */

import { describe, expect, test } from 'vitest';
import type { BusRefusal } from '../../../../../functions/orders/application/command-bus.ts';
import { decide, type OrderCommandType } from '../../../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { ORDER_COMMANDS } from '../../../../../functions/orders/http/contracts/tags.ts';
import { problemOfBusRefusal } from '../../../../../functions/orders/http/problems-of-refusals.ts';
import { CONTRACTS } from '../../../../../functions/published/contracts.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { problemsOf } from '../../../../../functions/shared/http/contract.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { shipmentIdOf } from '../../../../../functions/shared/kernel/shipment-id.ts';
import type { CommandGiven } from '../../../../support/orders/given-when-then.ts';
import { commandOf, STREAMS } from '../../../../support/orders/lifecycle.ts';
import { IN_TWO_PARCELS, LEAVING } from '../../../../support/orders/parcels.ts';
import { SHIPPED, units } from '../../../../support/orders/refunds.ts';
import {
  changeRequested,
  created,
  EVENTS,
  inCurrency,
  line,
  ORDER_ID,
  priced,
  streamOf,
} from '../../../../support/orders/streams.ts';

const NAMED = [shipmentIdOf(ORDER_ID, 1), shipmentIdOf(ORDER_ID, 2), 'unknown'];
/** Long after each of the lives. */
const LATER = '2100-01-01T00:00:00.000Z';
const { sku } = line();
const { total } = created().data;
const abroad = { ...priced([line()]), total: money(total.amount, 'EUR') };
const dearer = priced([line(sku, 2)]);
const back = { returnId: 'back', lines: [{ sku, quantity: 1 }] };

/** The commands of endpoints that can be refused for more than the status of the order. */
const ASKED: Readonly<Record<string, readonly CommandGiven[]>> = {
  cancelOrder: [{ type: 'RequestCancellation', reason: 'customer_request' }],
  changeItems: [
    { type: 'ChangeItems', changeId: 'c', ...dearer },
    { type: 'ChangeItems', changeId: 'c', ...abroad },
    { type: 'ChangeItems', changeId: 'c', ...dearer, total: money(5_124, 'KWD') },
    { type: 'ChangeItems', changeId: 'c', ...dearer, reviewFrom: 1 },
  ],
  refundOrder: [
    { type: 'RefundOrder', refundId: 'r', scope: { type: 'full' } },
    { type: 'RefundOrder', refundId: 'r', scope: { type: 'items', items: [{ sku, quantity: 2 }] } },
    { type: 'RefundOrder', refundId: 'r', scope: { type: 'items', items: [units('STICKER', 1)] } },
    { type: 'RefundOrder', refundId: 'r', scope: { type: 'amount', amount: money(total.amount + 1, 'CNY') } },
    { type: 'RefundOrder', refundId: 'r', scope: { type: 'amount', amount: money(1, 'EUR') } },
    { type: 'RefundOrder', refundId: 'r', scope: { type: 'amount', amount: money(5, 'KWD') } },
  ],
  requestReturn: [
    { type: 'RequestReturn', returnId: 'b', items: [{ sku, quantity: 2 }] },
    { type: 'RequestReturn', returnId: 'b', items: [{ sku, quantity: 1 }], window: { days: 30, since: LATER } },
  ],
  receiveReturn: [
    { type: 'ReceiveReturn', returnId: 'unknown', refundId: 'r' },
    {
      type: 'ReceiveReturn',
      returnId: 'back',
      refundId: 'r',
      inspected: { accepted: [{ sku, quantity: 2 }], rejected: [] },
    },
  ],
  withdrawReturn: [
    { type: 'WithdrawReturn', returnId: 'unknown' },
    { type: 'WithdrawReturn', returnId: 'back' },
  ],
  handOverShipment: NAMED.map((shipmentId) => ({ type: 'HandOverShipment', shipmentId })),
  deliverShipment: NAMED.map((shipmentId) => ({ type: 'DeliverShipment', shipmentId })),
};

/** Orders in every status, and those in which something stands against a command that the status knows. */
const LIVES: readonly (readonly OrderEvent[])[] = [
  ...Object.values(STREAMS),
  [created(), changeRequested()],
  [created(), EVENTS.reserved, EVENTS.authorised, EVENTS.arranged],
  [...STREAMS.shipped, { type: 'ReturnRequested', data: back }],
  [
    ...STREAMS.shipped,
    { type: 'ReturnRequested', data: back },
    { type: 'ReturnReceived', data: { returnId: back.returnId, accepted: back.lines, rejected: [] } },
  ],
  SHIPPED,
  [...IN_TWO_PARCELS, ...LEAVING],
  inCurrency('KWD', [created(), EVENTS.reserved]),
  inCurrency('KWD', SHIPPED),
  [...STREAMS.shipped, { type: 'RefundRequested', data: { refundId: 'all', amount: total, lines: [] } }],
];

/** By the bus, on any order, before the command is decided. */
const OF_THE_BUS: readonly BusRefusal[] = [
  { kind: 'order-not-found' },
  { kind: 'version-mismatch', expected: 1, actual: 2 },
];

/** The command of an operation that has its name, such as `ShipOrder` of `shipOrder`. */
const namesake = (operationId: string): CommandGiven =>
  commandOf(`${operationId[0]!.toUpperCase()}${operationId.slice(1)}` as OrderCommandType);

const refusalsOf = (operationId: string): BusRefusal[] => [
  ...OF_THE_BUS,
  ...LIVES.flatMap((events) =>
    (ASKED[operationId] ?? [namesake(operationId)]).map((command) =>
      decide(fold(streamOf(events)), { orderId: ORDER_ID, ...command }),
    ),
  ).flatMap((decision) => (decision.ok ? [] : [decision.refusal])),
];

describe('A command that is refused', () => {
  const commands = CONTRACTS.filter(({ tag }) => tag === ORDER_COMMANDS);

  test.each(commands.map((contract) => [contract.operationId, contract] as const))(
    'is refused for a documented reason: %s',
    (operationId, contract) => {
      const kinds = new Set(refusalsOf(operationId).map((refusal) => problemOfBusRefusal(ORDER_ID, refusal).kind));
      const documented = [...problemsOf(contract)].map(({ kind }) => kind);
      expect([...kinds].filter((kind) => !documented.includes(kind))).toEqual([]);
    },
  );

  test('has an example here of every refusal', () => {
    const reasons: {
      readonly [Kind in Exclude<BusRefusal['kind'], 'order-exists' | 'incomplete' | 'command-reused'>]: true;
    } = {
      'illegal-transition': true,
      'shipment-arranged': true,
      'change-pending': true,
      'needs-review': true,
      'amount-not-taken': true,
      'currency-differs': true,
      'too-many-units': true,
      'refund-exceeds-payment': true,
      'nothing-to-refund': true,
      'nothing-paid': true,
      'cancel-instead': true,
      'unknown-shipment': true,
      'shipment-not-handed-over': true,
      'unknown-return': true,
      'return-window-over': true,
      'return-closed': true,
      'more-than-undecided': true,
      'order-not-found': true,
      'version-mismatch': true,
    };
    const met = new Set(commands.flatMap(({ operationId }) => refusalsOf(operationId)).map(({ kind }) => kind));
    expect([...met].sort()).toEqual(Object.keys(reasons).sort());
  });
});
