import type { Milestone } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Panel } from '../ui/panel.tsx';
import { When } from '../ui/time.tsx';
import { milestoneRows } from './milestone-rows.ts';

/** The way of the order as its customer is shown it: what was met and when, what is expected and by when, and what is late. */
export function MilestonesPanel({ milestones }: { readonly milestones: readonly Milestone[] }) {
  const { t, name: nameOf } = useWords();
  return (
    <Panel title={t('milestones.title')}>
      <ol className="milestones">
        {milestoneRows(milestones).map(({ name, state, metAt, expectedAt, promisedAt }) => (
          <li key={name}>
            <span>
              {nameOf('milestone', name)}
              <span className="quiet">
                {metAt !== undefined && <When iso={metAt} exact />}
                {expectedAt !== undefined && (
                  <span>
                    {t('milestones.expected')} <When iso={expectedAt} exact />
                  </span>
                )}
                {promisedAt !== undefined && (
                  <span>
                    {t('milestones.promised')} <When iso={promisedAt} exact />
                  </span>
                )}
              </span>
            </span>
            <span className={`word word-${state}`}>{nameOf('milestoneState', state)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
