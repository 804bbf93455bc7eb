import type { Order, OrderShipment } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { ReturnCommands } from '../returns/return-commands.tsx';
import { AddressLines } from '../ui/address-lines.tsx';
import { Copyable } from '../ui/copyable.tsx';
import { Facts, Panel } from '../ui/panel.tsx';
import { When } from '../ui/time.tsx';
import { MilestonesPanel } from './milestones-panel.tsx';

/** What the customer bought, paid and gets. */
export function OrderFacts({ order }: { readonly order: Order }) {
  return (
    <aside className="order-facts">
      <MilestonesPanel milestones={order.milestones} />
      <Items order={order} />
      <Payment order={order} />
      <Parcel order={order} />
      {(order.refunds.length > 0 || order.returns.length > 0) && <GoneBack order={order} />}
    </aside>
  );
}

function Items({ order }: { readonly order: Order }) {
  const { t, money } = useWords();
  return (
    <Panel title={t('facts.bought')}>
      <table className="receipt">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('facts.article')}</th>
            <th scope="col">{t('order.total')}</th>
          </tr>
        </thead>
        <tbody>
          {order.items.map(({ sku, name, quantity, unitPrice, lineTotal }) => (
            <tr key={sku}>
              <td>
                {name}
                <span className="quiet">
                  {quantity} × {money(unitPrice)} · <code>{sku}</code>
                </span>
              </td>
              <td className="number">{money(lineTotal)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {order.discounts.length > 0 && (
            <tr>
              <td>{t('facts.subtotal')}</td>
              <td className="number">{money(order.subtotal)}</td>
            </tr>
          )}
          {order.discounts.map(({ code, name, amount }) => (
            <tr key={code}>
              <td>
                {name} <code className="quiet">{code}</code>
              </td>
              <td className="number">{money({ ...amount, amount: -amount.amount })}</td>
            </tr>
          ))}
          <tr className="receipt-total">
            <td>{t('order.total')}</td>
            <td className="number">{money(order.total)}</td>
          </tr>
        </tfoot>
      </table>
      {order.itemsChange && <p className="notice">{t('facts.itemsChange')}</p>}
      {order.backorder && (
        <p className="notice">
          {t('facts.backorder')} {order.backorder.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')} ·{' '}
          <When iso={order.backorder.until} exact />
        </p>
      )}
    </Panel>
  );
}

function Payment({ order: { payment } }: { readonly order: Order }) {
  const { t, name, money } = useWords();
  return (
    <Panel
      title={t('facts.payment')}
      aside={<span className={`word word-${payment.status}`}>{name('payment', payment.status)}</span>}
    >
      <Facts
        facts={[
          [t('facts.method'), name('method', payment.method)],
          ...('amount' in payment ? [[t('facts.amount'), money(payment.amount)] as const] : []),
          ...('refunded' in payment && payment.refunded.amount > 0
            ? [[t('facts.refunded'), money(payment.refunded)] as const]
            : []),
          ...('received' in payment && payment.received
            ? [[t('facts.received'), money(payment.received)] as const]
            : []),
          ...('declineCode' in payment
            ? [[t('facts.declineCode'), <code key="code">{payment.declineCode}</code>] as const]
            : []),
          ...('expiresAt' in payment && payment.expiresAt !== undefined
            ? [[t('facts.payUntil'), <When key="until" iso={payment.expiresAt} exact />] as const]
            : []),
          ...('paymentId' in payment
            ? [
                [
                  t('facts.paymentId'),
                  <Copyable key="id" text={payment.paymentId} what={t('facts.paymentId')} />,
                ] as const,
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function Parcel({ order: { shipment, shipments, shippingAddress } }: { readonly order: Order }) {
  const { t, name } = useWords();
  return (
    <Panel
      title={t('facts.parcel')}
      aside={<span className={`word word-${shipment.status}`}>{name('shipment', shipment.status)}</span>}
    >
      <AddressLines of={shippingAddress} />
      {shipment.status !== 'pending' &&
        (shipments.length > 0 ? shipments : [withoutStatus(shipment)]).map((parcel) => (
          <ParcelFacts key={parcel.shipmentId} parcel={parcel} isOneOfSeveral={shipments.length > 1} />
        ))}
    </Panel>
  );
}

/** Of an order from before there were several shipments. */
const withoutStatus = ({ shipmentId, carrier, trackingNumber }: Exclude<Order['shipment'], { status: 'pending' }>) => ({
  shipmentId,
  carrier,
  trackingNumber,
});

interface ParcelFactsProps {
  readonly parcel: Pick<OrderShipment, 'carrier' | 'trackingNumber'> & Partial<OrderShipment>;
  readonly isOneOfSeveral: boolean;
}

function ParcelFacts({ parcel: { carrier, trackingNumber, status, items }, isOneOfSeveral }: ParcelFactsProps) {
  const { t, name } = useWords();
  return (
    <Facts
      facts={[
        ...(isOneOfSeveral && status && items
          ? [[name('parcel', status), items.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')] as const]
          : []),
        [t('facts.carrier'), carrier],
        ...(trackingNumber === undefined
          ? []
          : [
              [
                t('facts.tracking'),
                <Copyable key="tracking" text={trackingNumber} what={t('facts.tracking')} />,
              ] as const,
            ]),
      ]}
    />
  );
}

function GoneBack({ order }: { readonly order: Order }) {
  const { refunds, returns } = order;
  const { t, name, money, percent } = useWords();
  const shownUnits = (lines: readonly { readonly sku: string; readonly quantity: number }[]) =>
    lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ');
  return (
    <Panel title={t('facts.goneBack')}>
      <ul className="gone-back">
        {refunds.map(({ refundId, status, amount, lines, restockingFee }) => (
          <li key={refundId}>
            <span>
              {t('facts.refund')} <b>{money(amount)}</b> <span className="quiet">{shownUnits(lines)}</span>
              {restockingFee && (
                <span className="quiet">
                  , {t('facts.fee')} {money(restockingFee)}
                </span>
              )}
            </span>
            <span className={`word word-${status}`}>{name('refundStatus', status)}</span>
          </li>
        ))}
        {returns.map((back) => (
          <li key={back.returnId}>
            <span>
              {t('facts.return')} <span className="quiet">{shownUnits(back.lines)}</span>
              {back.reason && <span className="quiet">: {name('returnReason', back.reason)}</span>}
              {back.restockingFeeBasisPoints !== undefined && (
                <span className="quiet">
                  , {t('facts.fee')} {percent(back.restockingFeeBasisPoints)}
                </span>
              )}
              {back.expectedUntil !== undefined && (
                <span className="quiet">
                  , {t('facts.expectedUntil')} <When iso={back.expectedUntil} exact />
                </span>
              )}
            </span>
            <span className={`word word-${back.status}`}>{name('returnStatus', back.status)}</span>
            <ReturnCommands order={order} back={back} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
