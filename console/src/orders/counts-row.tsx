import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useApi } from '../api/context.tsx';
import { COUNTS_PATH } from '../api/paths.ts';
import { EVERY } from '../api/queries.ts';
import type { OrderCounts } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { ORDER_STATUSES } from '../order/statuses.ts';
import { type Filters, hrefOf } from './filters.ts';

/** How many orders there are, in all and by status; each number opens its list. What waits for a person comes first. */
export function CountsRow({ filters }: { readonly filters: Filters }) {
  const { t, name, locale } = useWords();
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['order-counts'],
    queryFn: ({ signal }) => api.get<OrderCounts>(COUNTS_PATH, signal),
    refetchInterval: EVERY.list,
  });
  if (!data) return <div className="counts counts-awaited" />;
  const link = (key: string, label: string, count: number, asked: Partial<Filters>, needsPerson = false) => (
    <li key={key}>
      <Link
        href={hrefOf(asked)}
        className={needsPerson && count > 0 ? 'count count-person' : 'count'}
        aria-current={hrefOf(filters) === hrefOf(asked) ? 'page' : undefined}
      >
        <strong>{count.toLocaleString(locale)}</strong>
        <span>{label}</span>
      </Link>
    </li>
  );
  return (
    <nav aria-label={t('counts.label')}>
      <ul className="counts">
        {link('all', t('counts.all'), data.orders, {})}
        {link('parked', t('order.parked'), data.parked, { parked: 'true' }, true)}
        {ORDER_STATUSES.filter((status) => status === 'held' || data.status[status] > 0).map((status) =>
          link(status, name('status', status), data.status[status], { status }, status === 'held'),
        )}
      </ul>
    </nav>
  );
}
