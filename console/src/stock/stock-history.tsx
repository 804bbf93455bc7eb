import { Link } from 'wouter';
import type { StockEvent } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { shortId } from '../ui/copyable.tsx';
import { LookNote, MoreButton } from '../ui/look.tsx';
import { Panel } from '../ui/panel.tsx';
import { When } from '../ui/time.tsx';
import { useStockHistory } from './use-stock.ts';

/** What came, went and was counted, by whom and why. What orders reserve and buy is in their own histories. */
export function StockHistoryPanel({ sku }: { readonly sku: string }) {
  const { t } = useWords();
  const history = useStockHistory(sku);
  const events = history.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Panel title={t('stock.history')}>
      <LookNote at={history} />
      <ol className="task-history">
        {events.map((event) => (
          <Entry key={event.version} event={event} />
        ))}
      </ol>
      <MoreButton of={history} label={t('stock.later')} isInside />
    </Panel>
  );
}

function Entry({ event: { type, occurredAt, actor, data } }: { readonly event: StockEvent }) {
  const { t, name } = useWords();
  const text = (field: string) => {
    const value = data[field];
    return typeof value === 'string' ? value : undefined;
  };
  const number = (field: string) => {
    const value = data[field];
    return typeof value === 'number' ? value : undefined;
  };
  const quantity = number('quantity');
  const where = text('location') ?? (text('from') === undefined ? undefined : `${text('from')} → ${text('to')}`);
  const orderId = text('orderId');
  const reason = text('reason');
  return (
    <li>
      <strong>{name('stockEvent', type)}</strong>{' '}
      {quantity !== undefined && (
        <span className="stock-quantity">
          {type === 'StockCorrected' && quantity > 0 ? `+${quantity}` : String(quantity).replace('-', '−')}
        </span>
      )}{' '}
      {where !== undefined && <span>{where}</span>}{' '}
      <span className="quiet">
        {actor.id} · <When iso={occurredAt} exact />
      </span>
      {type === 'StockLimitsSet' && (
        <div>
          {t('stock.limitsWere', {
            safetyStock: number('safetyStock') ?? 0,
            threshold: number('lowStockThreshold') ?? '–',
          })}
        </div>
      )}
      {orderId !== undefined && (
        <div>
          <Link href={`/orders/${orderId}`}>
            {t('order.title')} {shortId(orderId)}
          </Link>
        </div>
      )}
      {text('reference') !== undefined && (
        <div>
          {t('stock.reference')} <code>{text('reference')}</code>
        </div>
      )}
      {reason !== undefined && (
        <blockquote>{type === 'StockDamaged' ? name('stockDamage', reason) : reason}</blockquote>
      )}
    </li>
  );
}
