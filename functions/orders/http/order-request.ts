import * as z from 'zod';
import { LANGUAGES } from '../../published/order-events.ts';
import { hasDigitsOfCard } from '../../shared/http/card-number.ts';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { sku } from '../../shared/http/sku.ts';
import { singleLine } from '../../shared/http/text.ts';
import { CUSTOMER_ID, type Sku } from '../../shared/kernel/ids.ts';
import { DISCOUNT_CODE } from '../domain/pricing/promotion.ts';

/** A reservation is one DynamoDB transaction of at most 100 items: these, the reservation itself and its event. */
export const MAX_LINES = 97;
const MAX_QUANTITY = 999;
const MAX_DISCOUNT_CODES = 10;

/** The order of the codes is that in which their discounts apply. */
export const discountCodes = z
  .array(z.string().regex(DISCOUNT_CODE, { error: noSuchForm('2 to 32 capital letters, digits or dashes') }))
  .max(MAX_DISCOUNT_CODES)
  .refine((codes) => new Set(codes).size === codes.length, {
    error: 'It has a code more than once; expected each once.',
  })
  .meta({ uniqueItems: true });

export const item = z.strictObject({ sku, quantity: z.int().min(1).max(MAX_QUANTITY) });

/** The requested items: at most 97 articles, each once after lines of the same article are added up. */
export const items = z.array(item).min(1).max(MAX_LINES).transform(mergeLines);

export const shippingAddress = z
  .strictObject({
    name: singleLine(100),
    street: singleLine(200),
    city: singleLine(100).exactOptional(),
    state: singleLine(100).exactOptional(),
    country: singleLine(60),
    postalCode: singleLine(16).exactOptional(),
  })
  .meta({ id: 'ShippingAddress' });

/** What stands for a card at the gateway. A card's own number must not come here: whatever holds it has to be as safe as a bank. */
const cardToken = z
  .string()
  .refine((token) => !hasDigitsOfCard(token), {
    error: 'It has the digits of a card number; expected the token that the gateway gave for the card.',
    abort: true,
  })
  .regex(
    /^[\w-]{1,128}$/,
    'It has other characters, or too many; expected 1 to 128 letters, digits, dashes or underscores.',
  );

/** What WeChat Pay has to know differs by the way to it. Source: pay.weixin.qq.com/doc/v3, the orders of native, h5 and jsapi. */
const wechatPay = z.discriminatedUnion('via', [
  z.strictObject({ type: z.literal('wechat_pay'), via: z.literal('qr_code') }),
  z.strictObject({
    type: z.literal('wechat_pay'),
    via: z.literal('h5'),
    customerIp: z.union(
      [z.ipv4(), z.ipv6()],
      'It is no IP address; expected the one from which the customer opens the page.',
    ),
  }),
  z.strictObject({
    type: z.literal('wechat_pay'),
    via: z.literal('jsapi'),
    openId: z.string().regex(/^[\w-]{1,128}$/, 'An openid is 1 to 128 letters, digits, dashes or underscores.'),
  }),
]);

/** The body of `POST /api/v1/orders`. Unknown fields are refused: a price sent by a client must not pass unnoticed. */
export const orderRequest = z.strictObject({
  customerId: z.string().regex(CUSTOMER_ID, { error: noSuchForm('1 to 64 letters, digits or any of _ . @ : | -') }),
  items,
  discountCodes: discountCodes.exactOptional(),
  shippingAddress,
  paymentMethod: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('card'),
      token: cardToken,
    }),
    z.strictObject({ type: z.literal('alipay'), via: z.enum(['page', 'wap', 'qr_code']) }),
    wechatPay,
    z.strictObject({ type: z.literal('bank_transfer') }),
  ]),
  language: z
    .enum(LANGUAGES)
    .describe('In which the customer is told of the order. Left out: as `Accept-Language` says, and else the shop’s.')
    .exactOptional(),
});

/** The same article twice is one line: its quantities add up. */
function mergeLines(items: readonly { readonly sku: Sku; readonly quantity: number }[], context: z.RefinementCtx) {
  const quantities = new Map<Sku, number>();
  for (const item of items) quantities.set(item.sku, (quantities.get(item.sku) ?? 0) + item.quantity);
  for (const [name, quantity] of quantities) {
    if (quantity > MAX_QUANTITY) {
      context.addIssue({
        code: 'custom',
        message: `${name} adds up to ${quantity}; at most ${MAX_QUANTITY} of an article are taken.`,
      });
    }
  }
  return [...quantities].map(([name, quantity]) => ({ sku: name, quantity }));
}
