import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { Addressee, Message } from './message.ts';
import { addresseeOf, messageOf } from './message-of.ts';
import { isTold } from './notifications.ts';
import { isOvertaken } from './overtaken.ts';
import { type Rendered, render, type Style } from './render.ts';
import { KIND_OF, type Kind } from './templates/template.ts';

/** What a customer is to be told, in their language. */
export type Told = Addressee & Message & Rendered & { readonly kind: Kind };

/**
 * What a customer is to be told of an event now; undefined when nothing is to be told of it, or not any more.
 * @param stream of its order, from the first event on, as far as it is known
 * @param shop the shop's style, for customers of whom no language is known
 */
export function toldOf(
  event: RecordedOrderEvent,
  stream: readonly RecordedOrderEvent[],
  shop: Style,
): Told | undefined {
  if (!isAboutTold(event) || isOvertaken(event, stream)) return undefined;
  const message = messageOf(event, stream);
  if (message === undefined) return undefined;
  const addressee = addresseeOf(stream);
  const language = addressee.language ?? shop.language;
  return { ...addressee, ...message, ...render(message, { ...shop, language }), kind: KIND_OF[message.template] };
}

const isAboutTold = (event: RecordedOrderEvent): event is Parameters<typeof isOvertaken>[0] => isTold(event.type);
