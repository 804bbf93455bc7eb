import { lazy, Suspense, useEffect, useState } from 'react';
import { useWords } from '../i18n/context.tsx';
import { Boundary } from '../ui/boundary.tsx';
import { LookNote } from '../ui/look.tsx';
import { Awaited } from '../ui/panel.tsx';
import { OrderFacts } from './order-facts.tsx';
import { OrderHead } from './order-head.tsx';
import { StoryPanel } from './story-panel.tsx';
import { useHistory, useOrder } from './use-order.ts';

/** The graph has libraries of its own, which the first page does not need. */
const SagaPanel = lazy(() => import('../saga/saga-panel.tsx'));

/** One order as it is now, how it came about, and what can be done. */
export function OrderPage({ orderId }: { readonly orderId: string }) {
  const { t } = useWords();
  const order = useOrder(orderId);
  const history = useHistory(orderId, order.data?.version);
  const [chosen, setChosen] = useState<string>();
  const events = history.data?.pages.flatMap((page) => page.events) ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (!order.data) {
    return (
      <div className="page">
        <LookNote at={order} rows={8} />
      </div>
    );
  }
  return (
    <div className="page order">
      <OrderHead order={order.data} />
      <div className="order-columns">
        <div className="order-story">
          {events.length > 0 && (
            <Boundary>
              <Suspense fallback={<Awaited label={t('awaited')} />}>
                <SagaPanel order={order.data} events={events} chosen={chosen} onChoose={setChosen} />
              </Suspense>
            </Boundary>
          )}
          <StoryPanel order={order.data} history={history} events={events} chosen={chosen} onChoose={setChosen} />
        </div>
        <OrderFacts order={order.data} />
      </div>
    </div>
  );
}
