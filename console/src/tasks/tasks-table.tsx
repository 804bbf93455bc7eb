import { Link, useLocation } from 'wouter';
import type { TaskStatus, TaskSummary } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { shortId } from '../ui/copyable.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Badge, type Tone } from '../ui/status.tsx';
import { useNow, When } from '../ui/time.tsx';

export const TASK_STATUS_LOOKS: Readonly<Record<TaskStatus, readonly [Tone, IconName]>> = {
  open: ['person', 'hand'],
  claimed: ['running', 'person'],
  write_off_proposed: ['waiting', 'wait'],
  resolved: ['good', 'check'],
};

/** The place of the task in the console. */
export const wayToTask = ({ orderId, taskId }: Pick<TaskSummary, 'orderId' | 'taskId'>): string =>
  orderId === undefined ? `/tasks/${taskId}` : `/tasks/${orderId}/${taskId}`;

export function TasksTable({ tasks }: { readonly tasks: readonly TaskSummary[] }) {
  const { t, name } = useWords();
  const now = useNow();
  const [, navigate] = useLocation();
  return (
    <table className="rows tasks">
      <thead>
        <tr>
          <th scope="col">{t('order.status')}</th>
          <th scope="col">{t('tasks.task')}</th>
          <th scope="col">{t('order.id')}</th>
          <th scope="col">{t('tasks.claimant')}</th>
          <th scope="col">{t('tasks.due')}</th>
          <th scope="col" className="wide">
            {t('tasks.opened')}
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => {
          const [tone, icon] = TASK_STATUS_LOOKS[task.status];
          const isOverdue = task.status !== 'resolved' && Date.parse(task.dueAt) < now;
          return (
            <tr
              key={task.taskId}
              onClick={({ target }) => {
                if (!(target as HTMLElement).closest('a, button')) navigate(wayToTask(task));
              }}
            >
              <td>
                <span className="badges">
                  <Badge tone={tone} icon={icon}>
                    {name('taskStatus', task.status)}
                  </Badge>
                  {task.escalated && (
                    <Badge tone="failed" icon="flag">
                      {t('tasks.escalated')}
                    </Badge>
                  )}
                </span>
              </td>
              <td>
                <Link href={wayToTask(task)} className="row-link" title={task.taskId}>
                  <code>{shortId(task.taskId)}</code>
                </Link>
              </td>
              <td>
                {task.orderId !== undefined && (
                  <Link href={`/orders/${task.orderId}`} title={task.orderId}>
                    <code>{shortId(task.orderId)}</code>
                  </Link>
                )}
              </td>
              <td>{task.claimant ?? <span className="quiet">{t('tasks.nobody')}</span>}</td>
              <td className={isOverdue ? 'overdue' : undefined}>
                {isOverdue && <Icon name="wait" size={12} />} <When iso={task.dueAt} />
              </td>
              <td className="wide">
                <When iso={task.openedAt} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
