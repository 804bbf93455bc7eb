/** A small aggregate beside orders: what else can be kept in an event log. */
import { validate } from 'uuid';
import type { Aggregate } from '../../../functions/shared/event-log/aggregate.ts';
import type { SnapshotFormat } from '../../../functions/shared/event-log/dynamodb-snapshots.ts';
import type { PublishedEvent } from '../../../functions/shared/event-log/port.ts';
import type { Brand } from '../../../functions/shared/kernel/brand.ts';
import type { Event, RecordedEvent } from '../../../functions/shared/kernel/events.ts';
import { type Money, money } from '../../../functions/shared/kernel/money.ts';

export type AccountId = Brand<string, 'AccountId'>;

type Opened = Event<'Opened', { readonly holder: string }>;
/** Version 1 knew no currency. */
type Deposited = Event<'Deposited', { readonly amount: Money }>;
export type AccountEvent = Opened | Deposited;
export type RecordedAccountEvent = RecordedEvent<AccountEvent, 'accountId', AccountId>;

export const ACCOUNT: Aggregate<AccountEvent, 'accountId', AccountId> = {
  idField: 'accountId',
  parseId: parseAccountId,
  upcasters: { Opened: [], Deposited: [({ cents }) => ({ amount: money(Number(cents), 'CNY') })] },
};

export const ACCOUNT_SNAPSHOTS: SnapshotFormat = { idField: 'accountId', stateField: 'account', schemaVersion: 7 };

export function parseAccountId(text: string): AccountId {
  if (!validate(text)) throw new RangeError(`An account id is a UUID, got "${text}".`);
  return text as AccountId;
}

export const opened = (holder: string): Opened => ({ type: 'Opened', data: { holder } });
export const deposited = (amount: number): Deposited => ({ type: 'Deposited', data: { amount: money(amount, 'CNY') } });

export interface Account {
  readonly balance: number;
  readonly version: number;
}

export const foldAccount = (events: readonly RecordedAccountEvent[]): Account =>
  events.reduce<Account>(
    ({ balance }, { type, data, version }) => ({
      balance: type === 'Deposited' ? balance + data.amount.amount : balance,
      version,
    }),
    { balance: 0, version: 0 },
  );

/** The event as the bus shows it: without the holder's name. */
export const publishAccountEvent = ({ data, ...event }: RecordedAccountEvent): PublishedEvent => ({
  ...event,
  data: 'holder' in data ? {} : data,
});
