/** A message of each template, to look at before customers get one. */
import { type OrderId, parseOrderId, parseSku } from '../../shared/kernel/ids.ts';
import { money } from '../../shared/kernel/money.ts';
import type { NamedUnits, Values } from './message.ts';
import type { TemplateId } from './templates/template.ts';

const ORDER: OrderId = parseOrderId('01890a5d-ac96-774b-bcce-b302099a8057');
const MUGS: NamedUnits = { sku: parseSku('MUG-BLUE'), quantity: 2, name: 'Blue mug' };
const SHIRT: NamedUnits = { sku: parseSku('TSHIRT'), quantity: 1, name: 'T-shirt' };
const TOTAL = money(17_900, 'CNY');
const UNTIL = '2026-03-01T09:30:00.000Z';
const PARCEL = { carrier: 'Sim Express', trackingNumber: 'TRK-1' };
const RETURN_ID = '01890a5d-ac96-774b-bcce-b302099a8f11';

const EXAMPLES: Readonly<Record<TemplateId, Omit<Values, 'orderId'>>> = {
  'order-created': { items: [MUGS, SHIRT], total: TOTAL },
  'order-held': { items: [MUGS, SHIRT], total: TOTAL },
  'order-backordered': { awaited: [MUGS], until: UNTIL },
  'units-removed': { removed: [SHIRT], total: money(9_000, 'CNY') },
  'payment-action-needed': { amount: TOTAL, until: UNTIL },
  'order-confirmed': { total: TOTAL, carrier: PARCEL.carrier },
  // With each of its paragraphs, of which no message has all.
  'order-shipped': { ...PARCEL, trackingNumbers: ['TRK-2', 'TRK-3'], parcels: 4 },
  'parcel-shipped': PARCEL,
  'parcel-out-for-delivery': PARCEL,
  'delivery-attempted': PARCEL,
  'order-delivered': PARCEL,
  'order-cancelled': { reason: 'out_of_stock' },
  'payment-refunded': { amount: money(4_050, 'CNY'), restockingFee: money(450, 'CNY') },
  'refund-reversed': { amount: money(4_500, 'CNY') },
  'return-requested': { returnId: RETURN_ID, returned: [MUGS], until: UNTIL, restockingFeeBasisPoints: 1_000 },
  'return-received': {
    returnId: RETURN_ID,
    accepted: [SHIRT],
    rejected: [{ ...MUGS, reason: 'used' }],
    restockingFee: money(450, 'CNY'),
  },
  'return-withdrawn': { returnId: RETURN_ID, withdrawn: [MUGS] },
  'return-expired': { returnId: RETURN_ID, expired: [MUGS] },
};

export const exampleOf = (template: TemplateId): Values => ({ orderId: ORDER, ...EXAMPLES[template] });
