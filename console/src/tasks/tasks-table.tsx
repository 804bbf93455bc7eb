import { Link, useLocation } from 'wouter';
import type { TaskSummary } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { shortId } from '../ui/copyable.tsx';
import { Icon } from '../ui/icon.tsx';
import { useNow, When } from '../ui/time.tsx';
import { TaskBadges } from './task-badges.tsx';

/** The place of the task in the console. */
export const wayToTask = ({ orderId, taskId }: Pick<TaskSummary, 'orderId' | 'taskId'>): string =>
  orderId === undefined ? `/tasks/${taskId}` : `/tasks/${orderId}/${taskId}`;

export function TasksTable({ tasks }: { readonly tasks: readonly TaskSummary[] }) {
  const { t } = useWords();
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
          const isOverdue = task.status !== 'resolved' && Date.parse(task.dueAt) < now;
          return (
            <tr
              key={task.taskId}
              onClick={({ target }) => {
                if (!(target as HTMLElement).closest('a, button')) navigate(wayToTask(task));
              }}
            >
              <td>
                <TaskBadges task={{ status: task.status, escalated: task.escalated }} />
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
