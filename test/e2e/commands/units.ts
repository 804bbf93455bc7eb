/** Of one article. */
export interface Units {
  readonly sku: string;
  readonly quantity: number;
}

export const tShirts = (quantity: number): Units[] => [{ sku: 'TSHIRT', quantity }];

/** @param amount in fen */
export const cny = (amount: number) => ({ amount, currency: 'CNY' });
