/** The values that the examples of several contracts use. */

export const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
export const RETURN_ID = '01890a5d-ac96-774b-bcce-b302099a8d01';
export const REFUND_ID = '01890a5d-ac96-774b-bcce-b302099a8e01';
export const UNKNOWN_ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8058';
export const ORDER_PATH = `/api/v1/orders/${ORDER_ID}`;

const CNY = (amount: number) => ({ amount, currency: 'CNY' });

const line = (sku: string, name: string, quantity: number, unitPrice: number, discount: number) => ({
  sku,
  name,
  quantity,
  unitPrice: CNY(unitPrice),
  lineTotal: CNY(quantity * unitPrice),
  discount: CNY(discount),
  net: CNY(quantity * unitPrice - discount),
});

export const SHIPPING_ADDRESS = {
  name: 'Li Wei',
  street: '88 Nanjing Road',
  city: 'Shanghai',
  state: 'Shanghai',
  country: 'CN',
  postalCode: '200000',
};

export const ORDER = {
  orderId: ORDER_ID,
  customerId: 'C1',
  customer: { name: 'Li Wei' },
  status: 'processing',
  parked: false,
  items: [line('COFFEE-1KG', 'Coffee beans, 1 kg', 1, 8_800, 880), line('TSHIRT', 'T-shirt', 2, 12_900, 2_580)],
  subtotal: CNY(34_600),
  discounts: [{ code: 'TEN-PERCENT', name: '10 % off everything', amount: CNY(3_460) }],
  total: CNY(31_140),
  shippingAddress: SHIPPING_ADDRESS,
  payment: { method: 'card', status: 'captured', paymentId: 'pay_1', amount: CNY(31_140), refunded: CNY(0) },
  shipment: { status: 'arranged', shipmentId: 'shp_1', carrier: 'SIM-EXPRESS', trackingNumber: 'SE000000000001CN' },
  shipments: [
    {
      shipmentId: ORDER_ID,
      status: 'booked',
      items: [
        { sku: 'COFFEE-1KG', quantity: 1 },
        { sku: 'TSHIRT', quantity: 2 },
      ],
      location: 'main',
      carrier: 'SIM-EXPRESS',
      service: 'standard',
      bookingId: 'shp_1',
      trackingNumber: 'SE000000000001CN',
      cost: CNY(1_200),
      estimatedDeliveryAt: '2026-02-03T12:00:00.000Z',
    },
  ],
  refunds: [],
  returns: [],
  milestones: [
    { name: 'placed', metAt: '2026-01-31T12:00:00.000Z', late: false },
    {
      name: 'confirmed',
      promisedAt: '2026-02-01T12:00:00.000Z',
      expectedAt: '2026-02-01T12:00:00.000Z',
      metAt: '2026-01-31T12:00:00.640Z',
      late: false,
    },
    {
      name: 'shipped',
      promisedAt: '2026-02-03T12:00:00.000Z',
      expectedAt: '2026-02-03T12:00:00.000Z',
      late: false,
    },
    {
      name: 'delivered',
      promisedAt: '2026-02-07T12:00:00.000Z',
      expectedAt: '2026-02-03T12:00:00.000Z',
      late: false,
    },
  ],
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.640Z',
  version: 7,
};

/** The order as lists and searches show it, without its links. */
export const SUMMARY = {
  orderId: ORDER.orderId,
  customerId: 'C1',
  status: 'processing',
  parked: false,
  total: ORDER.total,
  units: 3,
  createdAt: ORDER.createdAt,
  updatedAt: ORDER.updatedAt,
  version: 7,
};
