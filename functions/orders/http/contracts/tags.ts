import type { Tag } from '../../../shared/http/tags.ts';

export const ORDERS: Tag = { name: 'Orders', description: 'Placing and reading orders.' };

export const ORDER_COMMANDS: Tag = {
  name: 'Order commands',
  description:
    'Changing orders. Each is decided at once and answered with the order’s new version; its effects, such as a refund, take their time.',
};

export const PERSONAL_DATA_TAG: Tag = {
  name: 'Personal data',
  description: 'What is held of a person: to have it, and to have it erased.',
};
