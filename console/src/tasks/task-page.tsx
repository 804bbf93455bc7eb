import { Link } from 'wouter';
import type { AnyTask } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Copyable, shortId } from '../ui/copyable.tsx';
import { LookNote } from '../ui/look.tsx';
import { Facts, Panel } from '../ui/panel.tsx';
import { When } from '../ui/time.tsx';
import { CauseTitle } from './cause-title.tsx';
import { TaskBadges } from './task-badges.tsx';
import { TaskCommandBar } from './task-command-bar.tsx';
import { useTask } from './use-tasks.ts';

interface TaskPageProps {
  readonly taskId: string;
  /** Absent for a task about an article or a transfer. */
  readonly orderId?: string;
}

/** What is not done and why, what to look at, and what can be done. */
export default function TaskPage({ taskId, orderId }: TaskPageProps) {
  const task = useTask(taskId, orderId);
  if (!task.data) {
    return (
      <div className="page">
        <LookNote at={task} rows={8} />
      </div>
    );
  }
  return (
    <div className="page">
      <TaskHead task={task.data} orderId={orderId} />
      <div className="order-columns">
        <div className="order-story">
          <Guidance task={task.data} />
          <TaskHistory task={task.data} />
        </div>
        <aside className="order-facts">
          <TaskFacts task={task.data} orderId={orderId} />
        </aside>
      </div>
    </div>
  );
}

function TaskHead({ task, orderId }: { readonly task: AnyTask; readonly orderId: string | undefined }) {
  const { t, name } = useWords();
  return (
    <header className="order-head">
      <div className="order-title">
        <h1>
          <span className="quiet">{t('tasks.task')}</span> {name('taskKind', task.kind)}
        </h1>
        <span aria-live="polite">
          <TaskBadges task={task} />
        </span>
      </div>
      <p className="order-under">
        {orderId !== undefined && (
          <Link href={`/orders/${orderId}`}>
            {t('order.title')} {shortId(orderId)}
          </Link>
        )}
        <span>
          {t('tasks.due')} <When iso={task.dueAt} />
        </span>
        <Copyable text={task.taskId} what={t('tasks.task')} />
      </p>
      <TaskCommandBar task={task} orderId={orderId} />
    </header>
  );
}

function Guidance({ task }: { readonly task: AnyTask }) {
  const { t, name } = useWords();
  const known = 'known' in task ? task.known : [];
  return (
    <Panel title={t('tasks.guidance')}>
      <div className="guidance">
        <CauseTitle cause={task} />
        <p className="guidance-what">{task.what}</p>
        {'unknown' in task && task.unknown !== undefined && (
          <p>
            <b>{t('tasks.unknown')}</b> {task.unknown}
          </p>
        )}
        {known.length > 0 && (
          <>
            <h3>{t('tasks.known')}</h3>
            <ul className="known">
              {known.map(({ type, occurredAt }) => (
                <li key={`${type}${occurredAt}`}>
                  {name('event', type)} <When iso={occurredAt} exact />
                </li>
              ))}
            </ul>
          </>
        )}
        {task.check.length > 0 && (
          <>
            <h3>{t('tasks.check')}</h3>
            <ol className="checks">
              {task.check.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ol>
          </>
        )}
        <p className="quiet">
          {t('tasks.runbook')} <code>docs/runbooks/{task.runbook}.md</code>
        </p>
      </div>
    </Panel>
  );
}

function TaskHistory({ task: { history } }: { readonly task: AnyTask }) {
  const { t, name } = useWords();
  if (history.length === 0) return null;
  return (
    <Panel title={t('timeline.title')}>
      <ol className="task-history">
        {history.toReversed().map(({ type, occurredAt, actor, comment, evidence }) => (
          <li key={`${type}${occurredAt}`}>
            <strong>{name('event', type)}</strong>{' '}
            <span className="quiet">
              {actor.type === 'system' ? name('step', actor.id) : actor.id} · <When iso={occurredAt} exact />
            </span>
            {(comment ?? evidence) && <blockquote>{comment ?? evidence}</blockquote>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function TaskFacts({ task, orderId }: { readonly task: AnyTask; readonly orderId: string | undefined }) {
  const { t, name } = useWords();
  const proposer = 'proposer' in task ? task.proposer : undefined;
  return (
    <Panel title={t('tasks.facts')}>
      <Facts
        facts={[
          [t('tasks.claimant'), task.claimant ?? <span className="quiet">{t('tasks.nobody')}</span>],
          ...(proposer === undefined ? [] : [[t('tasks.proposer'), proposer] as const]),
          [t('tasks.opened'), <When key="opened" iso={task.openedAt} exact />],
          [t('tasks.due'), <When key="due" iso={task.dueAt} exact />],
          ...('resumedAt' in task && task.resumedAt !== undefined
            ? [[t('tasks.resumed'), <When key="resumed" iso={task.resumedAt} exact />] as const]
            : []),
          ...(task.resolution === undefined
            ? []
            : [[t('tasks.resolution'), name('resolution', task.resolution)] as const]),
          ...('sku' in task && task.sku !== undefined
            ? [[t('facts.article'), <code key="sku">{task.sku}</code>] as const]
            : []),
          ...(orderId === undefined
            ? []
            : [[t('order.id'), <Copyable key="order" text={orderId} short what={t('order.id')} />] as const]),
        ]}
      />
    </Panel>
  );
}
