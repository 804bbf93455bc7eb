import type { TaskStatus, TaskSummary } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import type { IconName } from '../ui/icon.tsx';
import { Badge, type Tone } from '../ui/status.tsx';

const LOOKS: Readonly<Record<TaskStatus, readonly [Tone, IconName]>> = {
  open: ['person', 'hand'],
  claimed: ['running', 'person'],
  write_off_proposed: ['waiting', 'wait'],
  resolved: ['good', 'check'],
};

type Told = Pick<TaskSummary, 'status' | 'escalated'> & { readonly overdue?: boolean };

/** How the task stands, and what presses. */
export function TaskBadges({ task: { status, escalated, overdue = false } }: { readonly task: Told }) {
  const { t, name } = useWords();
  const [tone, icon] = LOOKS[status];
  return (
    <span className="badges">
      <Badge tone={tone} icon={icon}>
        {name('taskStatus', status)}
      </Badge>
      {escalated && (
        <Badge tone="failed" icon="flag">
          {t('tasks.escalated')}
        </Badge>
      )}
      {overdue && (
        <Badge tone="failed" icon="wait">
          {t('tasks.overdue')}
        </Badge>
      )}
    </span>
  );
}
