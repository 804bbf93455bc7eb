import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Order, OrderEvent } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Panel } from '../ui/panel.tsx';
import { SAGAS } from './definitions.ts';
import { placesOf } from './layout.ts';
import { SagaGraph } from './saga-graph.tsx';
import { SagaList } from './saga-list.tsx';
import { shownStates } from './shown.ts';
import { StateDetail } from './state-detail.tsx';
import { type StateView, statesOf } from './states.ts';

interface SagaPanelProps {
  readonly order: Order;
  /** Oldest first. */
  readonly events: readonly OrderEvent[];
  readonly chosen: string | undefined;
  readonly onChoose: (state: string | undefined) => void;
}

const VIEWS = ['graph', 'all', 'list'] as const;

/** The way of the order through its saga, as a graph and as a list; and what is known of the chosen state. */
export default function SagaPanel({ order, events, chosen, onChoose }: SagaPanelProps) {
  const { t } = useWords();
  const [view, setView] = useState<(typeof VIEWS)[number]>('graph');
  const definition = SAGAS['order-saga'];
  const places = placesOf(definition);
  const states = statesOf(definition, events, order);
  const shown = shownStates(states, places, view === 'all');
  const selected = chosen === undefined ? heldUpAt(states) : states.find(({ state }) => state.name === chosen);
  return (
    <Panel
      title={t('saga.title')}
      className="saga"
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('saga.view')}
          value={view}
          onChange={(value) => setView(value)}
          data={VIEWS.map((value) => ({ value, label: t(`saga.view.${value}`) }))}
        />
      }
    >
      {view === 'list' ? (
        <SagaList states={shown} chosen={chosen} onChoose={onChoose} />
      ) : (
        <SagaGraph
          definition={definition}
          places={places}
          states={shown}
          all={view === 'all'}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
      {selected && <StateDetail view={selected} />}
    </Panel>
  );
}

/** Without a choice of the reader, what holds the order up is explained: a wait before what led to it. */
const heldUpAt = (states: readonly StateView[]): StateView | undefined =>
  states.find(({ state, progress }) => progress === 'waiting' && state.waits) ??
  states.find(({ progress }) => progress === 'waiting' || progress === 'failed');
