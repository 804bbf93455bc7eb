/** Sends the e-mails of one order: what is to be told and was not, in the order in which it happened, each once at most. */
import type { OrderCreated, RecordedOrderEvent } from '../../published/order-events.ts';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';
import type { CustomerId } from '../../shared/kernel/ids.ts';
import { type Told, toldOf } from '../domain/notification-of.ts';
import { isTold, notificationIdOf } from '../domain/notifications.ts';
import type { Style } from '../domain/render.ts';
import { notificationFrom } from './notification-from.ts';
import type { Channel, EmailRecords, EmailState, Inbox } from './ports.ts';

export interface SendEmailsDeps {
  readonly inbox: Inbox;
  readonly records: EmailRecords;
  readonly email: Pick<Channel, 'publish'>;
  readonly shop: Style;
  readonly now: () => number;
}

/** After that, whoever has begun an e-mail and not said what became of it has ended: no function runs for so long. */
export const BEGUN_FOR_MS = 60_000;
/** What is older is no news: it is in the inbox alone. A first deployment and a restored log send nothing of what was long ago. */
const NEWS_FOR_MS = 24 * 3_600_000;

interface Letter {
  readonly event: RecordedOrderEvent;
  readonly told: Told;
}

/**
 * SES knows no key by which it would leave out a repeated request. So an e-mail is begun in the record before it is sent: one of which it is not known whether it was
 * sent is not sent again, and its message is in the inbox.
 * See docs/decisions/0156-an-e-mail-is-sent-once-at-most.md.
 * @param stream the order's, from the first event on
 * @throws ConcurrencyConflict while somebody else sends one of them; DependencyUnavailable when the channel takes none now
 */
export async function sendEmails(deps: SendEmailsDeps, stream: readonly RecordedOrderEvent[]): Promise<void> {
  const [created] = stream;
  const { customer, customerId } = (created as RecordedOrderEvent<OrderCreated>).data;
  if (customer.email === undefined) return;
  const letters = lettersOf(deps, stream);
  const known = await deps.records.find(
    customerId,
    letters.map(({ event }) => notificationIdOf(event)),
  );
  for (const { event, told } of letters) {
    const state = known.get(notificationIdOf(event));
    // Also of what is overtaken by now: a later mail does not pass it on its way.
    if (state?.status === 'begun') await giveUp(deps, customerId, event, state);
    else if (state === undefined && told) await send(deps, customerId, customer.email, { event, told });
  }
}

/** What can have led to an e-mail, with what is to be told of it now. */
const lettersOf = ({ shop, now }: SendEmailsDeps, stream: readonly RecordedOrderEvent[]) => {
  const newest = new Date(now() - NEWS_FOR_MS).toISOString();
  return stream
    .filter(({ type, occurredAt }) => isTold(type) && occurredAt >= newest)
    .map((event) => ({ event, told: toldOf(event, stream, shop) }));
};

async function send(
  { inbox, records, email, now }: SendEmailsDeps,
  customerId: CustomerId,
  address: string,
  { event, told }: Letter,
): Promise<void> {
  const id = notificationIdOf(event);
  // The record stands with the message, which may not be in the inbox yet.
  await inbox.put(notificationFrom(event, told));
  if (!(await records.begin(customerId, id, isoOf(now)))) throw underWay(event);
  const { subject, text, html } = told;
  let outcome;
  try {
    outcome = await email.publish({ address, subject, text, html });
  } catch (error) {
    await records.withdraw(customerId, id);
    throw error;
  }
  await records.settle(customerId, id, { status: outcome, at: isoOf(now) });
}

/** Whoever has begun it did not come to an end. */
async function giveUp(
  { records, now }: SendEmailsDeps,
  customerId: CustomerId,
  event: RecordedOrderEvent,
  { at }: EmailState,
): Promise<void> {
  if (now() - Date.parse(at) < BEGUN_FOR_MS) throw underWay(event);
  await records.settle(customerId, notificationIdOf(event), { status: 'unknown', at: isoOf(now) });
}

const underWay = ({ orderId, type }: RecordedOrderEvent): ConcurrencyConflict =>
  new ConcurrencyConflict(`The e-mail about ${type} of order ${orderId} is being sent.`);

const isoOf = (now: () => number): string => new Date(now()).toISOString();
