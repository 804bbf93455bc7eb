import { useSearchParams } from 'wouter';
import { useWords } from '../i18n/context.tsx';
import { LookNote, MoreButton } from '../ui/look.tsx';
import { Empty, Panel } from '../ui/panel.tsx';
import { CountsRow } from './counts-row.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterRow } from './filter-row.tsx';
import { type Filters, filtersIn, isFiltered } from './filters.ts';
import { type Question, questionIn } from './finding.ts';
import { pathOfOrders } from './order-paths.ts';
import { OrdersTable } from './orders-table.tsx';
import { useOrders } from './use-orders.ts';
import { ViewsMenu } from './views-menu.tsx';

/** Orders by what is in the address: `q`, or all of them by filters. */
export function OrdersPage() {
  const { t } = useWords();
  const [parameters, setParameters] = useSearchParams();
  const question = questionIn(parameters.get('q') ?? '');
  const filters = filtersIn(parameters);
  const orders = useOrders(question, filters);
  const found = orders.data?.pages.flatMap(({ items }) => items) ?? [];
  const isOfAll = question.kind === 'nothing';

  const filter = (changed: Partial<Filters>) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changed)) {
          if (value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );

  return (
    <div className="page">
      <div className="page-head">
        <h1>{titleOf(question, t)}</h1>
        <div className="row">
          <ViewsMenu />
          <ExportMenu pathOf={(cursor, limit) => pathOfOrders(question, filters, cursor, limit)} />
        </div>
      </div>
      {isOfAll && <CountsRow filters={filters} />}
      {question.kind !== 'words' && <FilterRow filters={filters} onChange={filter} ofAll={isOfAll} />}
      <Panel
        title={t(isOfAll ? 'orders.newest' : 'orders.found')}
        aside={
          orders.data && (
            <span className="quiet">
              {t(orders.hasNextPage ? 'orders.countMore' : 'orders.count', { n: found.length })}
            </span>
          )
        }
      >
        <LookNote at={orders} />
        {orders.data && found.length === 0 && (
          <Nothing question={question} filters={filters} more={orders.hasNextPage} />
        )}
        {found.length > 0 && <OrdersTable orders={found} />}
      </Panel>
      <MoreButton of={orders} label={t(isOfAll && isFiltered(filters) ? 'orders.lookOn' : 'orders.more')} />
    </div>
  );
}

interface NothingProps {
  readonly question: Question;
  readonly filters: Filters;
  readonly more: boolean;
}

function Nothing({ question, filters, more }: NothingProps) {
  const { t } = useWords();
  if (more) return <Empty title={t('orders.noneYet')} />;
  if (isFiltered(filters)) return <Empty title={t('orders.noneFiltered')}>{t('orders.noneFilteredHint')}</Empty>;
  return <Empty title={t('orders.none')}>{t(question.kind === 'nothing' ? 'orders.how' : 'orders.noneHint')}</Empty>;
}

function titleOf(question: Question, t: ReturnType<typeof useWords>['t']): string {
  if (question.kind === 'customer') return t('orders.ofCustomer', { customer: question.customerId });
  if (question.kind === 'words') return t('orders.for', { words: question.words });
  return t('nav.orders');
}
