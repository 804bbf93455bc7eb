/** What the examples of several contracts speak of. */

export const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
export const UNKNOWN_ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8058';
export const ORDER_PATH = `/api/v1/orders/${ORDER_ID}`;

const CNY = (amount: number) => ({ amount, currency: 'CNY' });

export const ORDER = {
  orderId: ORDER_ID,
  customerId: 'C1',
  status: 'processing',
  parked: false,
  items: [
    { sku: 'COFFEE-1KG', name: 'Coffee beans, 1 kg', quantity: 1, unitPrice: CNY(8_800), lineTotal: CNY(8_800), discount: CNY(880), net: CNY(7_920) },
    { sku: 'TSHIRT', name: 'T-shirt', quantity: 2, unitPrice: CNY(12_900), lineTotal: CNY(25_800), discount: CNY(2_580), net: CNY(23_220) },
  ],
  subtotal: CNY(34_600),
  discounts: [{ code: 'TEN-PERCENT', name: '10 % off everything', amount: CNY(3_460) }],
  total: CNY(31_140),
  payment: { method: 'card', status: 'captured', paymentId: 'pay_1' },
  shipment: { status: 'arranged', shipmentId: 'shp_1', carrier: 'SIM-EXPRESS', trackingNumber: 'SE000000000001CN' },
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.640Z',
  version: 6,
};
