/** What customers are told, by the event that they are told of; joined from the contexts that the events come from. */
import { ORDER_MESSAGES } from '../orders/domain/notifications.ts';

export const MESSAGES = { ...ORDER_MESSAGES };
