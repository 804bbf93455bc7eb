import { Link } from 'wouter';
import type { Order } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { ordersOfCustomer } from '../orders/finding.ts';
import { Copyable, shortId } from '../ui/copyable.tsx';
import { Icon } from '../ui/icon.tsx';
import { StatusBadge } from '../ui/status.tsx';
import { When } from '../ui/time.tsx';
import { CommandBar } from './command-bar.tsx';

export function OrderHead({ order }: { readonly order: Order }) {
  const { t, name, money } = useWords();
  const { orderId, status, parked, reason, customer, customerId, total, createdAt, parkedCompensations = [] } = order;
  return (
    <header className="order-head">
      <div className="order-title">
        <h1>
          <span className="quiet">{t('order.title')}</span> {shortId(orderId)}
        </h1>
        <span aria-live="polite">
          <StatusBadge status={status} parked={parked} />
        </span>
        {reason && <span className="order-reason">{name('reason', reason)}</span>}
      </div>
      <p className="order-under">
        <strong>{money(total)}</strong>
        <span>
          <Link href={ordersOfCustomer(customerId)}>{customer.name}</Link> <span className="quiet">{customerId}</span>
        </span>
        <span>
          {t('order.placed')} <When iso={createdAt} />
        </span>
        <Copyable text={orderId} what={t('order.id')} />
      </p>
      <CommandBar order={order} />
      {parkedCompensations.length > 0 && (
        <ul className="parked" aria-label={t('order.parked')}>
          {parkedCompensations.map(({ step, error, taskId }) => (
            <li key={step}>
              <Icon name="hand" />
              <span>{t('order.parkedStep', { step: name('step', step), error })}</span>
              {taskId && <Link href={`/tasks/${orderId}/${taskId}`}>{t('order.openTask')}</Link>}
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
