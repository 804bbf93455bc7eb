/** The languages that customers are told in; the first is the shop's unless it says another. */
export { LANGUAGES } from '../orders/domain/event-data.ts';
