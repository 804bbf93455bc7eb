/** The terms under which an order is found. */
import { ERASED } from '../../../shared/kernel/erased.ts';
import type { OrderView } from '../order-view.ts';
import { chunksOf, foldText, isWrittenWithoutSpaces, runsOf } from './folding.ts';

/** Kinds of terms, strongest first: a match of a stronger kind comes before one of a weaker kind. */
export const TERM_KINDS = ['order', 'email', 'payment', 'tracking', 'sku', 'name', 'status'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** Kinds that are found as a whole only: numbers of channels and carriers begin alike for days, and are copied rather than typed. */
const WHOLE: readonly string[] = ['payment', 'tracking'] satisfies readonly TermKind[];
export const isWhole = (kind: string): boolean => WHOLE.includes(kind);

export interface Term {
  readonly kind: TermKind;
  /** Folded; without white space. E-mail addresses and names are personal data. */
  readonly text: string;
}

/** The parts of a view that can be searched. */
export type Searchable = Pick<
  OrderView,
  'orderId' | 'status' | 'items' | 'customer' | 'payment' | 'shipment' | 'shipments'
> & {
  readonly shippingAddress: Pick<OrderView['shippingAddress'], 'name'>;
};

/** Code points: keeps a term's key within DynamoDB's 1,024 bytes. */
const MAX_TERM = 200;
/** Of a name without spaces, this many places at which somebody may begin to type are terms; as many of joined parts. */
const MAX_PLACES = 16;
/** More than a name of the longest kind has. */
const MAX_NAME_TERMS = 128;

/** Of every parcel; of an order from before there were several, that of its shipment. */
const trackingNumbers = ({ shipment, shipments }: Pick<Searchable, 'shipment' | 'shipments'>): readonly string[] => [
  ...(shipment.status === 'pending' ? [] : [shipment.trackingNumber]),
  ...shipments.flatMap(({ trackingNumber }) => trackingNumber ?? []),
];

/** The terms of an order, each once, strongest kind first. Orders are found by their status only while they are held. */
export function termsOf(order: Searchable): Term[] {
  const { orderId, items, customer, shippingAddress, status, payment, shipment, shipments } = order;
  const texts: Readonly<Record<TermKind, readonly string[]>> = {
    order: [orderId],
    email: customer.email === undefined ? [] : [identifierText(foldText(customer.email))],
    payment: paymentNumbers(payment).map((number) => identifierText(foldText(number))),
    tracking: trackingNumbers({ shipment, shipments }).map((number) => identifierText(foldText(number))),
    sku: items.map(({ sku }) => identifierText(foldText(sku))),
    name: [customer.name, shippingAddress.name].filter((name) => name !== ERASED).flatMap(termsOfName),
    status: status === 'held' ? [status] : [],
  };
  return TERM_KINDS.flatMap((kind) =>
    [...new Set(texts[kind].map(termText))].filter(Boolean).map((text) => ({ kind, text })),
  );
}

/** How the channel names the payment; before that, what a transfer has to quote. */
function paymentNumbers(payment: Searchable['payment']): readonly string[] {
  if ('paymentId' in payment) return [payment.paymentId];
  const action = payment.status === 'pending' ? payment.action : undefined;
  return action?.type === 'transfer' && action.reference !== ERASED ? [action.reference] : [];
}

/** A folded text as far as it is stored, and compared. */
export function termText(folded: string): string {
  const text = folded.replace(/\s+/gu, '');
  // Most texts are short, and need not be taken apart.
  return text.length <= MAX_TERM ? text : [...text].slice(0, MAX_TERM).join('');
}

/** What stands around an address or an id that was copied from a text. */
const AROUND = /^["'<([{#]+|["'>)\]},;]+$/gu;

/** A folded e-mail address, id, number or SKU, or the beginning of one, as it is stored and compared. */
export const identifierText = (folded: string): string => termText(folded.replace(AROUND, ''));

/**
 * The parts of the name (`Jean-Luc` gives `jean` and `luc`), and the other places at which somebody may begin to type it, each
 * to the end of its part (李伟 gives 李伟 and 伟) and of what can be written as one word (`jeanluc`). A name without any letter or
 * digit is found by its chunks.
 */
function termsOfName(name: string): readonly string[] {
  const folded = foldText(name);
  const runs = runsOf(folded);
  if (runs.length === 0) return chunksOf(folded);
  const parts = runs.flatMap((run) => run.parts);
  const terms = new Set(parts);
  for (const place of parts.flatMap(placesWithin)) if (terms.size < MAX_PLACES) terms.add(place);
  const joined = runs.flatMap((run) => joinedParts(run.parts));
  return [...[...terms].slice(0, MAX_NAME_TERMS), ...joined.slice(0, MAX_PLACES)];
}

/** From each place before the last part to the end: `d'arcy-o'connor` gives `darcyoconnor`, `arcyoconnor` and `oconnor`. */
const joinedParts = (parts: readonly string[]): string[] =>
  parts.slice(0, -1).flatMap((part, index) => {
    const rest = parts.slice(index + 1).join('');
    return [...new Set([part, ...placesWithin(part)])].map((place) => place + rest);
  });

function placesWithin(part: string): string[] {
  const characters = [...part];
  return characters.flatMap((character, index) =>
    isWrittenWithoutSpaces(character) || isWrittenWithoutSpaces(characters[index - 1])
      ? [characters.slice(index).join('')]
      : [],
  );
}
