import type { LanguageSet } from './template.ts';

export const ENGLISH: LanguageSet = {
  templates: {
    'order-created': {
      version: 1,
      subject: 'We have received your order',
      paragraphs: ['Thank you. We have received your order {orderId}: {items}.', 'It comes to {total}.'],
    },
    'order-held': {
      version: 1,
      subject: 'We are looking at your order',
      paragraphs: [
        'Thank you. We have received your order {orderId}: {items}. It comes to {total}.',
        'Somebody at the shop looks at it before it goes on. You need not do anything, and you have not paid anything yet.',
      ],
    },
    'order-backordered': {
      version: 1,
      subject: 'Your order waits for goods',
      paragraphs: [
        'Your order {orderId} waits for {awaited}, of which we have too little now. You pay when the goods have come.',
        'If they have not come by {until}, we cancel the order and you pay nothing.',
      ],
    },
    'units-removed': {
      version: 1,
      subject: 'We have too little of what you ordered',
      paragraphs: [
        'We have too little of {removed}, and have taken it off your order {orderId}: you do not pay for it.',
        'You get the rest, for {total}.',
      ],
    },
    'payment-action-needed': {
      version: 1,
      subject: 'Your payment needs you',
      paragraphs: [
        'To pay {amount} for your order {orderId}, there is something for you to do: your order shows what.',
        'If it is not paid by {until}, we cancel the order.',
      ],
    },
    'order-confirmed': {
      version: 1,
      subject: 'Your order is confirmed',
      paragraphs: ['Your order {orderId} is paid: {total}.', 'We get it ready for {carrier}.'],
    },
    'order-shipped': {
      version: 2,
      subject: 'Your order is on its way',
      paragraphs: [
        'Your order {orderId} is on its way with {carrier}.',
        'The number of the parcel is {trackingNumber}.',
        'The numbers of the parcels are {trackingNumbers}.',
        'It comes in {parcels} parcels: we tell you of each that leaves.',
      ],
    },
    'parcel-shipped': {
      version: 1,
      subject: 'Another parcel is on its way',
      paragraphs: [
        'Another parcel of your order {orderId} is on its way with {carrier}.',
        'The number of the parcel is {trackingNumber}.',
      ],
    },
    'parcel-out-for-delivery': {
      version: 1,
      subject: 'Your parcel comes today',
      paragraphs: [
        '{carrier} is on the way to you with a parcel of your order {orderId}.',
        'The number of the parcel is {trackingNumber}.',
      ],
    },
    'delivery-attempted': {
      version: 1,
      subject: 'Your parcel could not be delivered',
      paragraphs: [
        '{carrier} has tried to deliver a parcel of your order {orderId}, without success.',
        'To agree on another time, name the number of the parcel: {trackingNumber}.',
      ],
    },
    'order-delivered': {
      version: 1,
      subject: 'Your order has been delivered',
      paragraphs: ['{carrier} has delivered your order {orderId}.', 'If something is not right, you can return it.'],
    },
    'order-cancelled': {
      version: 1,
      subject: 'Your order is cancelled',
      paragraphs: ['Your order {orderId} is cancelled: {reason}.', '{money}'],
    },
    'payment-refunded': {
      version: 2,
      subject: 'We have refunded {amount}',
      paragraphs: [
        'We have refunded {amount} of your order {orderId}, the way you paid it.',
        'We have kept a restocking fee of {restockingFee}.',
        'Your bank may take some days to show it.',
      ],
    },
    'refund-reversed': {
      version: 1,
      subject: 'A refund has come back to us',
      paragraphs: [
        'We had refunded {amount} of your order {orderId}, and it has come back to us: it could not be paid out to you.',
        'We see to it, and you need not do anything.',
      ],
    },
    'return-requested': {
      version: 3,
      subject: 'We expect your return',
      paragraphs: [
        'We expect {returned} of your order {orderId} back.',
        'Write the number of the return on the package: {returnId}. When we have it, we tell you what becomes of it.',
        'Of what you get back for it, we keep {restockingFeeBasisPoints} as a restocking fee.',
        'If nothing has come by {until}, the return expires, and you keep the goods.',
      ],
    },
    'return-received': {
      version: 2,
      subject: 'We have received your return',
      paragraphs: [
        'This is about your return of order {orderId}.',
        'We have accepted {accepted}, and refund what you paid for it and have not got back yet.',
        'Of that, we keep {restockingFee} as a restocking fee.',
        'We could not accept {rejected}.',
      ],
    },
    'return-withdrawn': {
      version: 1,
      subject: 'Your return is withdrawn',
      paragraphs: ['Your return of order {orderId} is withdrawn for {withdrawn}, which you keep.'],
    },
    'return-expired': {
      version: 1,
      subject: 'Your return has expired',
      paragraphs: [
        'We have been expecting {expired} of your order {orderId} back, and nothing has come in time. Your return has expired, and you keep the goods.',
        'If they are on their way already, you need not do anything: we look at them when they come.',
      ],
    },
  },
  words: {
    cancellation: {
      customer_request: 'you asked for it',
      operator_request: 'the shop had to',
      rejected: 'it was not approved',
      out_of_stock: 'an article is sold out',
      backorder_expired: 'the goods that it waited for have not come in time',
      reservation_expired: 'it was not paid for as long as we keep goods for an order',
      payment_not_made: 'it was not paid in time',
      payment_declined: 'the payment was declined',
      address_refused: 'the carrier does not deliver to the address',
      inventory_unavailable: 'the warehouse could not be reached',
      payment_unavailable: 'the payment could not be made',
      carrier_unavailable: 'no carrier could be reached',
    },
    rejection: {
      damaged: 'damaged',
      used: 'used',
      wrong_article: 'another article than was sold',
      not_in_package: 'not in the package',
      other: 'for another reason, see the order',
    },
    nothingToPay: 'You pay nothing.',
    refundDelayed: 'If money was taken or held, it is not back yet; we are seeing to it and you need not do anything.',
    comma: ', ',
    because: [' (', ')'],
  },
};
