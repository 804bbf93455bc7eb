import { place } from '../api/order-requests.ts';

/** Places an order above the total from which `npm start` holds orders for review. */
export const placeHeld = (url: string): Promise<string> => place(url, { items: [{ sku: 'TSHIRT', quantity: 100 }] });
