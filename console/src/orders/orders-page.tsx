import { Button } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { isNews } from '../api/problem.ts';
import { useWords } from '../i18n/context.tsx';
import { Awaited, Empty, Panel } from '../ui/panel.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterRow } from './filter-row.tsx';
import { type Question, questionIn } from './finding.ts';
import { OrdersTable } from './orders-table.tsx';
import { type Filters, useOrders } from './use-orders.ts';

/** Orders by what is in the address: `q`, and for the orders of one customer `status`, `from` and `to`. */
export function OrdersPage() {
  const { t } = useWords();
  const [parameters, setParameters] = useSearchParams();
  const question = questionIn(parameters.get('q') ?? '');
  const filters = filtersIn(parameters);
  const orders = useOrders(question, filters);
  const found = orders.data?.pages.flatMap(({ items }) => items) ?? [];

  const filter = (changed: Partial<Filters>) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changed)) {
        if (value === '') after.delete(name);
        else after.set(name, value);
      }
      return after;
    });

  return (
    <div className="page">
      <div className="page-head">
        <h1>{titleOf(question, t)}</h1>
        <ExportMenu orders={found} />
      </div>
      {question.kind === 'nothing' && <p className="lead">{t('orders.how')}</p>}
      {question.kind === 'customer' && <FilterRow filters={filters} onChange={filter} />}
      <Panel
        title={question.kind === 'nothing' ? t('orders.held') : t('orders.found')}
        aside={
          orders.data && (
            <span className="quiet">
              {t(orders.hasNextPage ? 'orders.countMore' : 'orders.count', { n: found.length })}
            </span>
          )
        }
      >
        {orders.isPending && <Awaited label={t('awaited')} />}
        {isNews(orders.error, orders.data) && (
          <ProblemNote error={orders.error} onRetry={() => void orders.refetch()} />
        )}
        {orders.data && found.length === 0 && (
          <Empty title={t(question.kind === 'nothing' ? 'orders.noneHeld' : 'orders.none')}>
            {question.kind === 'nothing' ? undefined : t('orders.noneHint')}
          </Empty>
        )}
        {found.length > 0 && <OrdersTable orders={found} />}
      </Panel>
      {orders.hasNextPage && (
        <Button
          className="more"
          variant="default"
          loading={orders.isFetchingNextPage}
          onClick={() => void orders.fetchNextPage()}
        >
          {t('orders.more')}
        </Button>
      )}
    </div>
  );
}

const filtersIn = (parameters: URLSearchParams): Filters => ({
  status: parameters.get('status') ?? '',
  from: parameters.get('from') ?? '',
  to: parameters.get('to') ?? '',
});

function titleOf(question: Question, t: ReturnType<typeof useWords>['t']): string {
  if (question.kind === 'customer') return t('orders.ofCustomer', { customer: question.customerId });
  if (question.kind === 'words') return t('orders.for', { words: question.words });
  return t('nav.orders');
}
