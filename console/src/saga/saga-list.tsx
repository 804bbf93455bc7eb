import { useWords } from '../i18n/context.tsx';
import { Badge, type Tone } from '../ui/status.tsx';
import { When } from '../ui/time.tsx';
import { PROGRESS_ICONS } from './saga-graph.tsx';
import { useEffectOf } from './state-effect.tsx';
import type { Progress, StateView } from './states.ts';

const TONES: Readonly<Record<Progress, Tone>> = {
  untouched: 'neutral',
  done: 'good',
  running: 'running',
  waiting: 'waiting',
  failed: 'failed',
  undone: 'undone',
};

interface SagaListProps {
  readonly states: readonly StateView[];
  readonly chosen: string | undefined;
  readonly onChoose: (state: string | undefined) => void;
}

/** The twin of the graph, for those who would rather read or listen. */
export function SagaList({ states, chosen, onChoose }: SagaListProps) {
  const { t, name } = useWords();
  const effectOf = useEffectOf();
  return (
    <table className="rows saga-list">
      <thead>
        <tr>
          <th scope="col">{t('saga.state')}</th>
          <th scope="col">{t('saga.progress')}</th>
          <th scope="col">{t('saga.effect')}</th>
          <th scope="col">{t('saga.at')}</th>
        </tr>
      </thead>
      <tbody>
        {states.map((view) => (
          <tr
            key={view.state.name}
            aria-selected={chosen === view.state.name}
            onClick={() => onChoose(view.state.name)}
          >
            <td>
              <button type="button" className="plain-link" onClick={() => onChoose(view.state.name)}>
                {name('step', view.state.name)}
              </button>
            </td>
            <td>
              <Badge tone={TONES[view.progress]} icon={PROGRESS_ICONS[view.progress]}>
                {t(`progress.${view.progress}`)}
              </Badge>
            </td>
            <td>{view.progress === 'untouched' ? '' : effectOf(view)}</td>
            <td>{view.events.length > 0 && <When iso={view.events.at(-1)?.occurredAt ?? ''} exact />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
