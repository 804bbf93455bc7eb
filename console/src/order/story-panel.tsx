import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Order, OrderEvent } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { LookNote } from '../ui/look.tsx';
import { Awaited, Panel } from '../ui/panel.tsx';
import { Timeline } from './timeline.tsx';
import type { useHistory } from './use-order.ts';

/** Few look at it. */
const ExecutionsView = lazy(() => import('../executions/executions-view.tsx'));

const VIEWS = ['timeline', 'executions'] as const;

interface StoryPanelProps {
  readonly order: Order;
  readonly history: ReturnType<typeof useHistory>;
  /** Oldest first. */
  readonly events: readonly OrderEvent[];
  readonly chosen: string | undefined;
  readonly onChoose: (state: string | undefined) => void;
}

/** What has happened: as the order's own log tells it, which is kept for good, and as Step Functions has recorded its executions. */
export function StoryPanel({ order, history, events, chosen, onChoose }: StoryPanelProps) {
  const { t } = useWords();
  const [view, setView] = useState<(typeof VIEWS)[number]>('timeline');
  return (
    <Panel
      title={t(`story.${view}`)}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('story.view')}
          value={view}
          onChange={(value) => setView(value)}
          data={VIEWS.map((value) => ({ value, label: t(`story.view.${value}`) }))}
        />
      }
    >
      {view === 'timeline' ? (
        <>
          <LookNote at={history} />
          {events.length > 0 && <Timeline events={events} chosen={chosen} onChoose={onChoose} />}
        </>
      ) : (
        <Suspense fallback={<Awaited label={t('awaited')} />}>
          <ExecutionsView order={order} chosen={chosen} onChoose={onChoose} />
        </Suspense>
      )}
    </Panel>
  );
}
