import { ArnFormat, CfnCondition, Duration, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  listMessages,
  listTemplates,
  markMessagesRead,
  previewTemplate,
} from '../../functions/notifications/routes.ts';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { LANGUAGES } from '../../functions/published/languages.ts';
import { NOTIFICATION_TABLES } from '../../functions/published/notification-tables.ts';
import { TOLD_TYPES } from '../../functions/published/notifications.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { grant, tell } from '../constructs/grant.ts';
import { Group } from '../constructs/group.ts';
import { parameterValue, shopTimeZone } from '../constructs/parameters.ts';
import type { Platform } from '../constructs/platform.ts';
import { WaybillFunction } from '../constructs/waybill-function.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';

/** At a host that never exists (RFC 2606): nothing is sent. */
const NO_SENDER = 'nobody@mail.invalid';

export interface NotificationsProps {
  /** The stack of the endpoints. */
  readonly messages: Construct;
}

/** What customers are told, in their inbox. */
export class Notifications extends BoundedContext {
  /** The customers' inbox. */
  readonly inbox: WaybillTable;

  constructor(scope: Construct, id: string, platform: Platform, { messages }: NotificationsProps) {
    super(scope, id, platform);
    this.inbox = this.table('Notifications', NOTIFICATION_TABLES.notifications);
    const style = {
      SHOP_LANGUAGE: parameterValue(this, 'ShopLanguage', {
        description: 'The language of messages to customers of whom no other is known',
        default: LANGUAGES[0],
        allowedValues: [...LANGUAGES],
      }),
      SHOP_TIME_ZONE: shopTimeZone(this),
    };

    const notifyCustomer = this.function('notifications/notify-customer', { timeout: Duration.seconds(10) });
    this.inbox.grantTo(notifyCustomer, 'PutItem');
    platform.eventLog.grantRead(notifyCustomer);
    tell(notifyCustomer, style);
    new EventSubscription(this, 'CustomerNotifications', {
      bus: platform.bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: [...TOLD_TYPES] },
      // Nobody waits for a notification: a second of them takes a tenth of the invocations when there are many orders.
      batchingWindow: Duration.seconds(1),
      batchSize: 50,
      subscriber: notifyCustomer,
    });

    this.#send(new Group(messages, `${id}Emails`), style);

    const answering = new Group(messages, id);
    const list = this.endpoint(listMessages, answering);
    this.inbox.grantTo(list, 'Query');
    this.inbox.grantIndexTo(list, 'byUnread', 'Query');
    const mark = this.endpoint(markMessagesRead, answering);
    this.inbox.grantTo(mark, 'UpdateItem');
    this.inbox.grantIndexTo(mark, 'byUnread', 'Query');
    this.endpoint(listTemplates, answering);
    tell(this.endpoint(previewTemplate, answering), style);
  }
  /** By e-mail, beside the inbox: a subscriber of its own, which nobody else waits for. */
  #send(scope: Construct, style: Readonly<Record<string, string>>): void {
    const { eventLog, bus } = this.platform;
    const sender = parameterValue(scope, 'EmailSender', {
      description: 'The address that customers get e-mails from, at a domain that SES has verified',
      default: NO_SENDER,
      allowedPattern: '^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,189}$',
      constraintDescription: 'must be an e-mail address, such as orders@shop.example',
    });
    const sendEmails = new WaybillFunction(scope, 'notifications/send-emails', { timeout: Duration.seconds(20) });
    this.inbox.grantTo(sendEmails, 'PutItem', 'BatchGetItem', 'UpdateItem');
    eventLog.grantRead(sendEmails);
    const identity = Stack.of(scope).formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: Fn.select(1, Fn.split('@', sender)),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    grant(sendEmails, { actions: ['ses:SendEmail'], on: identity }, { EMAIL_SENDER: sender, ...style });
    new EventSubscription(scope, 'CustomerEmails', {
      bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: [...TOLD_TYPES] },
      when: new CfnCondition(scope, 'SendsEmails', {
        expression: Fn.conditionNot(Fn.conditionEquals(sender, NO_SENDER)),
      }),
      // One mail of what has happened within two seconds is better than one of each that is overtaken.
      batchingWindow: Duration.seconds(2),
      batchSize: 25,
      subscriber: sendEmails,
    });
  }
}
