/** What the functions about notifications stand on when they are deployed. */
import * as z from 'zod';
import { NOTIFICATION_TABLES } from '../published/notification-tables.ts';
import { LANGUAGES } from '../published/order-events.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment, tableName } from '../shared/edge/environment.ts';
import { DynamoDbEmailRecords } from './adapters/dynamodb-email-records.ts';
import { DynamoDbInbox } from './adapters/dynamodb-inbox.ts';
import { DynamoDbMessages } from './adapters/dynamodb-messages.ts';
import { SesEmail } from './adapters/ses-email.ts';
import type { SendEmailsDeps } from './application/send-emails.ts';
import type { Style } from './domain/render.ts';

export const inbox = () => new DynamoDbInbox(documentClient(), tableName(NOTIFICATION_TABLES.notifications));
export const messages = () => new DynamoDbMessages(documentClient(), tableName(NOTIFICATION_TABLES.notifications));

/** How the shop writes to customers of whom no language is known. */
export function shopStyle(): Style {
  const { SHOP_LANGUAGE, SHOP_TIME_ZONE } = readEnvironment(
    z.object({ SHOP_LANGUAGE: z.enum(LANGUAGES), SHOP_TIME_ZONE: z.string().min(1) }),
  );
  return { language: SHOP_LANGUAGE, timeZone: SHOP_TIME_ZONE };
}

/** The mails that the function sends are from `EMAIL_SENDER`. */
export const emailing = (): SendEmailsDeps => ({
  inbox: inbox(),
  records: new DynamoDbEmailRecords(documentClient(), tableName(NOTIFICATION_TABLES.notifications)),
  email: new SesEmail(readEnvironment(z.object({ EMAIL_SENDER: z.string().min(3) })).EMAIL_SENDER),
  shop: shopStyle(),
  now: Date.now,
});
