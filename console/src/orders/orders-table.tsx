import type { KeyboardEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../i18n/context.tsx';
import { shortId } from '../ui/copyable.tsx';
import { StatusBadge } from '../ui/status.tsx';
import { When } from '../ui/time.tsx';
import { ordersOfCustomer } from './finding.ts';
import type { ListedOrder } from './use-orders.ts';

export function OrdersTable({ orders }: { readonly orders: readonly ListedOrder[] }) {
  const { t, name, money } = useWords();
  const hasMatch = orders.some(({ match }) => match !== undefined);
  const hasPayment = orders.some(({ paymentStatus }) => paymentStatus !== undefined);
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">{t('order.status')}</th>
          <th scope="col">{t('order.id')}</th>
          <th scope="col">{t('order.customer')}</th>
          <th scope="col" className="number">
            {t('order.total')}
          </th>
          <th scope="col" className="number wide">
            {t('order.units')}
          </th>
          {hasPayment && (
            <th scope="col" className="wide">
              {t('orders.payment')}
            </th>
          )}
          {hasMatch && (
            <th scope="col" className="wide">
              {t('orders.match')}
            </th>
          )}
          <th scope="col">{t('order.created')}</th>
          <th scope="col" className="wide">
            {t('order.updated')}
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <Row key={order.orderId} orderId={order.orderId}>
            <td>
              <StatusBadge status={order.status} parked={order.parked} />
            </td>
            <td>
              <Link href={`/orders/${order.orderId}`} className="row-link" title={order.orderId}>
                <code>{shortId(order.orderId)}</code>
              </Link>
            </td>
            <td>
              <Link href={ordersOfCustomer(order.customerId)}>{order.customerId}</Link>
            </td>
            <td className="number">{money(order.total)}</td>
            <td className="number wide">{order.units}</td>
            {hasPayment && <td className="wide">{paymentOf(order, name)}</td>}
            {hasMatch && <td className="quiet wide">{order.match && name('match', order.match)}</td>}
            <td>
              <When iso={order.createdAt} />
            </td>
            <td className="wide">
              <When iso={order.updatedAt} />
            </td>
          </Row>
        ))}
      </tbody>
    </table>
  );
}

const paymentOf = ({ paymentMethod, paymentStatus }: ListedOrder, name: ReturnType<typeof useWords>['name']) =>
  paymentMethod && paymentStatus && `${name('method', paymentMethod)}: ${name('payment', paymentStatus)}`;

/** A row that a click opens anywhere; for the keyboard, its link does the same, and arrows go from row to row. */
function Row({ orderId, children }: { readonly orderId: string; readonly children: React.ReactNode }) {
  const [, navigate] = useLocation();
  const walk = (event: KeyboardEvent<HTMLTableRowElement>) => {
    const row =
      event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : undefined;
    if (!row) return;
    event.preventDefault();
    event.currentTarget[row]?.querySelector<HTMLElement>('.row-link')?.focus();
  };
  return (
    <tr
      onKeyDown={walk}
      onClick={({ target }) => {
        const isText = (window.getSelection()?.toString() ?? '') !== '';
        if (!isText && !(target as HTMLElement).closest('a, button')) navigate(`/orders/${orderId}`);
      }}
    >
      {children}
    </tr>
  );
}
