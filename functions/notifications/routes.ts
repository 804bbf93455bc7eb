import type { Route } from '../shared/http/route.ts';
import { messageQuery, previewRequest, readMessages } from './http/message-requests.ts';

export const listMessages = {
  operationId: 'listMessages',
  method: 'GET',
  path: '/customers/{customerId}/messages',
  function: 'notifications/list-messages',
  callers: { customers: true, operators: 'orders:read' },
  query: messageQuery,
} as const satisfies Route<'notifications'>;

export const markMessagesRead = {
  operationId: 'markMessagesRead',
  method: 'POST',
  path: '/customers/{customerId}/messages/read',
  function: 'notifications/mark-messages-read',
  callers: { customers: true },
  body: readMessages,
} as const satisfies Route<'notifications'>;

export const listTemplates = {
  operationId: 'listTemplates',
  method: 'GET',
  path: '/notifications/templates',
  function: 'notifications/list-templates',
  callers: { operators: 'notifications:read' },
} as const satisfies Route<'notifications'>;

export const previewTemplate = {
  operationId: 'previewTemplate',
  method: 'POST',
  path: '/notifications/templates/{templateId}/preview',
  function: 'notifications/preview-template',
  callers: { operators: 'notifications:read' },
  body: previewRequest,
} as const satisfies Route<'notifications'>;

/** In the order of the API document. */
export const NOTIFICATION_ROUTES = [
  listMessages,
  markMessagesRead,
  listTemplates,
  previewTemplate,
] as const satisfies readonly Route<'notifications'>[];
