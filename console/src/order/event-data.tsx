import type { ReactNode } from 'react';
import type { OrderEvent } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { When } from '../ui/time.tsx';
import { detailsOf, isMoney, isUnits } from './timeline-entries.ts';

/** What is not said in the line of an event: ids that its raw data show, and what all events of an order share. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'customerId',
  'paymentMethod',
  'discounts',
  'subtotal',
  'taskId',
  'requestHash',
  'parked',
  'askAgainSeconds',
]);
const TIMES: ReadonlySet<string> = new Set(['until', 'dueAt', 'expiresAt', 'expectedUntil']);
const NAMED: Readonly<Record<string, string>> = {
  step: 'step',
  partner: 'partner',
  reason: 'reason',
  kind: 'taskKind',
  resolution: 'resolution',
  from: 'status',
};

/** The few data of an event that a person looks for, in a line. */
export function EventData({ event }: { readonly event: OrderEvent }) {
  const { t, name, money, percent } = useWords();
  const shown = (field: string, value: unknown): ReactNode => {
    if (isMoney(value) && field === 'restockingFee') return `${t('facts.fee')} ${money(value)}`;
    if (isMoney(value)) return <b>{money(value)}</b>;
    if (typeof value === 'number' && field === 'restockingFeeBasisPoints') return `${t('facts.fee')} ${percent(value)}`;
    if (isUnits(value)) {
      return value
        .map(({ sku, quantity, location }) => `${quantity} × ${sku}${location === undefined ? '' : ` @ ${location}`}`)
        .join(', ');
    }
    if (typeof value === 'string' && TIMES.has(field)) {
      return (
        <>
          {t('timeline.until')} <When iso={value} exact />
        </>
      );
    }
    const group = NAMED[field];
    if (typeof value === 'string' && group !== undefined) return name(group, value);
    return typeof value === 'string' || typeof value === 'number' ? <code>{value}</code> : undefined;
  };
  const parts = detailsOf(event)
    .filter(([field]) => !LEFT_OUT.has(field))
    .map(([field, value]) => [field, shown(field, value)] as const)
    .filter(([, part]) => part !== undefined);
  return parts.map(([field, part]) => (
    <span key={field} className="entry-datum">
      {part}
    </span>
  ));
}
