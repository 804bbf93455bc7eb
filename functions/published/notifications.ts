/** Of which events customers are told. */
export { isTold, TOLD_TYPES, type ToldType } from '../notifications/domain/notifications.ts';
