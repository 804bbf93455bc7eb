import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Execution, Order } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Copyable } from '../ui/copyable.tsx';
import { LookNote } from '../ui/look.tsx';
import { Empty } from '../ui/panel.tsx';
import { ExecutionHistoryTable } from './execution-history.tsx';
import { useExecutions } from './use-executions.ts';

interface ExecutionsViewProps {
  readonly order: Pick<Order, 'orderId' | 'version'>;
  readonly chosen: string | undefined;
  readonly onChoose: (state: string | undefined) => void;
}

/** The executions of the order's sagas as Step Functions has them, and the history of one of them. */
export default function ExecutionsView({ order: { orderId, version }, chosen, onChoose }: ExecutionsViewProps) {
  const { t, name } = useWords();
  const executions = useExecutions(orderId, version);
  const [wanted, setWanted] = useState<string>();
  const items = executions.data?.items ?? [];
  const shown = items.find(({ executionId }) => executionId === wanted) ?? items.at(-1);
  const titleOf = ({ saga, executionId }: Execution) =>
    `${name('saga', saga)}${/\.1$/.test(executionId) ? '' : ` (${executionId.replace(/.*\./, '')})`}`;
  return (
    <>
      <LookNote at={executions} />
      {executions.data && items.length === 0 && <Empty title={t('execution.none')}>{t('execution.noneHint')}</Empty>}
      {items.length > 1 && shown && (
        <SegmentedControl
          size="xs"
          aria-label={t('execution.which')}
          value={shown.executionId}
          onChange={setWanted}
          data={items.map((execution) => ({ value: execution.executionId, label: titleOf(execution) }))}
        />
      )}
      {shown && (
        <>
          <p className="execution-head">
            <strong>{titleOf(shown)}</strong> <span>{name('executionStatus', shown.status)}</span>{' '}
            <Copyable text={shown.arn} short what={t('execution.arn')} />{' '}
            {shown.links.console !== undefined && (
              <a href={shown.links.console} target="_blank" rel="noreferrer">
                {t('execution.console')}
              </a>
            )}
          </p>
          <ExecutionHistoryTable
            key={shown.executionId}
            orderId={orderId}
            execution={shown}
            chosen={chosen}
            onChoose={onChoose}
          />
        </>
      )}
    </>
  );
}
