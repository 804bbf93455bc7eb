import * as z from 'zod';
import { LANGUAGES } from '../../../published/order-events.ts';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { customerId, links, timestamp } from '../../../shared/http/fields.ts';
import { CUSTOMER_NOT_FOUND, INVALID_CURSOR, INVALID_REQUEST } from '../../../shared/http/problems.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import { KINDS, TEMPLATE_IDS } from '../../domain/templates/template.ts';
import * as routes from '../../routes.ts';
import { messageId, messageIdOf } from '../message-requests.ts';
import { TEMPLATE_NOT_FOUND } from '../problems.ts';
import { UNREAD_COUNTED } from '../shown-message.ts';

const NOTIFICATIONS: Tag = { name: 'Notifications', description: 'What customers are told of their orders.' };

const customerPath = z.object({ customerId });
const MESSAGES_PATH = '/api/v1/customers/C1/messages';
const TEMPLATES_PATH = '/api/v1/notifications/templates';
const UNKNOWN_MESSAGE = messageIdOf('2026-02-28T09:00:00.000Z#01890a5d-ac96-774b-bcce-b302099a8f21');
const NO_MESSAGES = 'It is missing; expected a list.';

const language = z.enum(LANGUAGES);
const kind = z.enum(KINDS).describe('What it is about.');
const version = z.int().min(1).describe('Of the words. It is raised whenever they change.');
const subject = z.string().describe('One line.');
const text = z.string().describe('A paragraph a line.');
const unread = z
  .int()
  .min(0)
  .max(UNREAD_COUNTED)
  .describe(`Messages that were not read yet; ${UNREAD_COUNTED} are ${UNREAD_COUNTED} or more.`);

const message = z
  .object({
    messageId: messageId.describe('Sorts by time.'),
    template: z
      .enum(TEMPLATE_IDS)
      .or(z.string())
      .describe('What it tells of. Messages of older releases have other names.'),
    templateVersion: version.exactOptional(),
    kind: kind.exactOptional(),
    language: language.exactOptional(),
    subject: subject.exactOptional(),
    text,
    values: z.record(z.string(), z.unknown()).describe('What it tells, for clients with words of their own.'),
    occurredAt: timestamp.describe('When that happened.'),
    readAt: timestamp.exactOptional(),
    links: links('order'),
  })
  .meta({ id: 'Message' });

const template = z
  .object({
    template: z.enum(TEMPLATE_IDS),
    language,
    kind,
    version,
    subject,
    paragraphs: z.array(z.string()).describe('One is left out when there is no value for a placeholder of it.'),
    placeholders: z.array(z.string()),
  })
  .meta({ id: 'Template' });

export const NOTIFICATION_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listMessages,
    tag: NOTIFICATIONS,
    summary: 'List what a customer was told',
    description: [
      'The newest first, a second or two after what they tell of. They are in the language that the customer ordered in: the `language` of the order, else its',
      '`Accept-Language`, else the shop’s. Each event is told once, and nothing is told that something later has overtaken.',
    ].join(' '),
    pathParameters: customerPath,
    answers: {
      200: {
        description: 'A page of messages.',
        schema: z.object({
          items: z.array(message),
          unread,
          next: z.string().exactOptional(),
          links: links('self'),
        }),
      },
    },
    problems: [CUSTOMER_NOT_FOUND, INVALID_CURSOR],
    examples: [
      {
        name: 'unread',
        summary: 'What was not read yet',
        path: { customerId: 'C1' },
        query: { unread: 'true', limit: '1' },
        answer: {
          status: 200,
          body: {
            items: [
              {
                messageId: messageIdOf('2026-02-28T09:00:02.000Z#01890a5d-ac96-774b-bcce-b302099a8f22'),
                template: 'order-confirmed',
                templateVersion: 1,
                kind: 'order',
                language: 'en',
                subject: 'Your order is confirmed',
                text: 'Your order 01890a5d-ac96-774b-bcce-b302099a8057 is paid: CN¥88.00.\nWe get it ready for Sim Express.',
                values: { orderId: '01890a5d-ac96-774b-bcce-b302099a8057' },
                occurredAt: '2026-02-28T09:00:02.000Z',
                links: { order: '/api/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057' },
              },
            ],
            unread: 1,
            links: { self: MESSAGES_PATH },
          },
        },
      },
    ],
  },
  {
    ...routes.markMessagesRead,
    tag: NOTIFICATIONS,
    summary: 'Mark messages as read',
    description:
      'The answer has those of the messages that the customer has, and how many are unread now. When a message was read first is kept: to say it again changes nothing.',
    pathParameters: customerPath,
    answers: {
      200: { description: 'They are marked.', schema: z.object({ messageIds: z.array(messageId), unread }) },
    },
    problems: [CUSTOMER_NOT_FOUND],
    examples: [
      {
        name: 'one',
        summary: 'A message that the customer does not have is left out',
        path: { customerId: 'C1' },
        body: { messageIds: [UNKNOWN_MESSAGE] },
        answer: { status: 200, body: { messageIds: [], unread: 1 } },
      },
      {
        name: 'none',
        summary: 'Without saying which',
        path: { customerId: 'C1' },
        body: {},
        answer: refused(INVALID_REQUEST, `/messageIds: ${NO_MESSAGES}`, `${MESSAGES_PATH}/read`, {
          errors: [{ pointer: '/messageIds', detail: NO_MESSAGES }],
        }),
      },
    ],
  },
  {
    ...routes.listTemplates,
    tag: NOTIFICATIONS,
    summary: 'List the templates of messages',
    description:
      'The words of every message, in every language. They change with releases, and their versions with them.',
    answers: {
      200: { description: 'All templates.', schema: z.object({ items: z.array(template), links: links('self') }) },
    },
    problems: [],
    examples: [
      {
        name: 'all',
        summary: 'The words of all messages',
        answer: {
          status: 200,
          body: {
            items: [
              {
                template: 'order-created',
                language: 'en',
                kind: 'order',
                version: 1,
                subject: 'We have received your order',
                paragraphs: ['Thank you. We have received your order {orderId}: {items}.', 'It comes to {total}.'],
                placeholders: ['orderId', 'items', 'total'],
              },
            ],
            links: { self: TEMPLATES_PATH },
          },
        },
      },
    ],
  },
  {
    ...routes.previewTemplate,
    tag: NOTIFICATIONS,
    summary: 'Preview a message',
    description:
      'The message of a made-up order as a customer would get it, as plain text and as the HTML of an e-mail, in which every word is escaped. Nothing is sent, and nothing is kept.',
    pathParameters: z.object({ templateId: z.string().regex(/^[a-z-]{1,40}$/) }),
    answers: {
      200: {
        description: 'The message.',
        schema: z
          .object({
            template: z.enum(TEMPLATE_IDS),
            templateVersion: version,
            language,
            subject,
            text,
            html: z.string(),
          })
          .meta({ id: 'Preview' }),
      },
    },
    problems: [TEMPLATE_NOT_FOUND],
    examples: [
      {
        name: 'in-chinese',
        summary: 'In Chinese, with another carrier',
        path: { templateId: 'order-shipped' },
        body: { language: 'zh', words: { carrier: '顺丰速运' } },
        answer: {
          status: 200,
          body: {
            template: 'order-shipped',
            templateVersion: 2,
            language: 'zh',
            subject: '您的订单已发货',
            text: '您的订单 01890a5d-ac96-774b-bcce-b302099a8057 已由 顺丰速运 发出。\n运单号为 TRK-1。\n各包裹的运单号为 TRK-2、TRK-3。\n该订单分 4 个包裹发出，每个包裹发出时我们都会通知您。',
            html: '<!doctype html>…',
          },
        },
      },
      {
        name: 'unknown',
        summary: 'A template that is not there',
        path: { templateId: 'order-lost' },
        body: { language: 'en' },
        answer: refused(TEMPLATE_NOT_FOUND, 'There is no template order-lost.', `${TEMPLATES_PATH}/order-lost/preview`),
      },
    ],
  },
];
