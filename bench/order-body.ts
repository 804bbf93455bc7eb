/** The order that benches place: one article of which there is enough, paid by a card that works. */
export const orderBody = (customerId: string) => ({
  customerId,
  items: [{ sku: 'TSHIRT', quantity: 1 }],
  shippingAddress: {
    name: 'Bench',
    street: '1 Bench Road',
    city: 'Shanghai',
    state: 'Shanghai',
    country: 'CN',
    postalCode: '200000',
  },
  paymentMethod: { type: 'card', token: 'tok_ok' },
});
