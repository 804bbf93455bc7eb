import { NativeSelect } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { useWords } from '../i18n/context.tsx';
import { useOperator } from '../session/context.tsx';
import { LookNote, MoreButton } from '../ui/look.tsx';
import { Empty, Panel } from '../ui/panel.tsx';
import { CauseTitle } from './cause-title.tsx';
import { causesOf } from './causes.ts';
import { TasksTable } from './tasks-table.tsx';
import { useTasks } from './use-tasks.ts';

const KINDS = ['review', 'compensation', 'completion', 'refund', 'transfer', 'parcel', 'stuck', 'books'] as const;

/** What waits for people, by cause; the filters stand in the address. */
export default function TasksPage() {
  const { t, name } = useWords();
  const operator = useOperator();
  const [parameters, setParameters] = useSearchParams();
  const filters = {
    kind: parameters.get('kind') ?? '',
    status: parameters.get('status') ?? '',
    claimant: parameters.get('claimant') ?? '',
  };
  const tasks = useTasks(filters);
  const found = tasks.data?.pages.flatMap(({ items }) => items) ?? [];
  const filter = (field: keyof typeof filters, value: string) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(field);
      else after.set(field, value);
      return after;
    });

  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('nav.tasks')}</h1>
        {tasks.data && (
          <span className="quiet">{t(tasks.hasNextPage ? 'tasks.countMore' : 'tasks.count', { n: found.length })}</span>
        )}
      </div>
      <form className="filters" aria-label={t('filters.label')} onSubmit={(event) => event.preventDefault()}>
        <NativeSelect
          label={t('tasks.kind')}
          value={filters.kind}
          onChange={({ target }) => filter('kind', target.value)}
          data={[
            { value: '', label: t('filters.any') },
            ...KINDS.map((kind) => ({ value: kind, label: name('taskKind', kind) })),
          ]}
        />
        <NativeSelect
          label={t('order.status')}
          value={filters.status}
          onChange={({ target }) => filter('status', target.value)}
          data={[
            { value: '', label: t('tasks.unresolved') },
            ...(['open', 'claimed', 'write_off_proposed', 'resolved'] as const).map((status) => ({
              value: status,
              label: name('taskStatus', status),
            })),
          ]}
        />
        <NativeSelect
          label={t('tasks.whose')}
          value={filters.claimant === '' ? '' : 'mine'}
          onChange={({ target }) => filter('claimant', target.value === '' ? '' : (operator?.id ?? ''))}
          data={[
            { value: '', label: t('tasks.everybodys') },
            { value: 'mine', label: t('tasks.mine') },
          ]}
        />
      </form>
      <LookNote at={tasks} />
      {tasks.data && found.length === 0 && (
        <Panel title={t('nav.tasks')}>
          <Empty title={t('tasks.none')}>{t('tasks.noneHint')}</Empty>
        </Panel>
      )}
      <div className="causes">
        {causesOf(found).map((cause) => (
          <section key={cause.key} className="panel">
            <header>
              <CauseTitle cause={cause} />
              <span className="quiet">{t('tasks.count', { n: cause.tasks.length })}</span>
            </header>
            <TasksTable tasks={cause.tasks} />
          </section>
        ))}
      </div>
      <MoreButton of={tasks} label={t('orders.more')} />
    </div>
  );
}
