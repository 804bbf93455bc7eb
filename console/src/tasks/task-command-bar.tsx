import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useDecision } from '../api/decision.ts';
import type { AnyTask } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useMay, useOperator } from '../session/context.tsx';
import { CommandModal } from '../ui/command-modal.tsx';
import { CommentField } from '../ui/comment-field.tsx';
import { useOpener } from '../ui/opener.ts';
import { type TaskCommand, taskBodyOf, taskCommandsFor } from './task-commands.ts';
import { useTaskCommand } from './use-tasks.ts';

interface OfTask {
  readonly task: AnyTask;
  readonly orderId: string | undefined;
}

/** What this operator can do with the task now. A review ends at its order. */
export function TaskCommandBar({ task, orderId }: OfTask) {
  const { t } = useWords();
  const may = useMay();
  const operator = useOperator();
  const { chosen, choose, close } = useOpener<TaskCommand>();
  const commands = taskCommandsFor(task, operator?.id ?? '', may);
  return (
    <div className="commands" role="group" aria-label={t('commands.label')}>
      {task.kind === 'review' && orderId !== undefined && task.status !== 'resolved' && (
        <Button component={Link} href={`/orders/${orderId}`} size="xs">
          {t('tasks.decideAtOrder')}
        </Button>
      )}
      {commands.map((command, index) => (
        <Button
          key={command.id}
          size="xs"
          variant={index === 0 && task.kind !== 'review' && !command.final ? 'filled' : 'default'}
          className={command.final ? 'takes-away' : undefined}
          onClick={(event) => choose(event, command)}
        >
          {t(`taskCommand.${command.id}`)}
        </Button>
      ))}
      {chosen && <TaskDialog key={chosen.id} command={chosen} task={task} orderId={orderId} onClose={close} />}
    </div>
  );
}

interface TaskDialogProps extends OfTask {
  readonly command: TaskCommand;
  readonly onClose: () => void;
}

function TaskDialog({ command, task, orderId, onClose }: TaskDialogProps) {
  const { t } = useWords();
  const [written, setWritten] = useState('');
  const { version, idempotencyKey, onError } = useDecision(task.version);
  const sent = useTaskCommand(task.taskId, orderId);
  const body = taskBodyOf(command, written);
  return (
    <CommandModal
      title={t(`taskCommand.${command.id}`)}
      label={t(`taskCommand.${command.id}`)}
      isFinal={command.final}
      isReady={body !== undefined}
      sent={sent}
      onSend={() => sent.mutate({ path: command.id, body, version, idempotencyKey }, { onError })}
      onClose={onClose}
      accepted={t('taskCommand.accepted')}
      then={t(`taskCommand.${command.id}.then`)}
    >
      <p>{t(`taskCommand.${command.id}.what`)}</p>
      {command.text !== 'none' && (
        <CommentField
          label={t(`taskText.${command.text}`)}
          isRequired={command.text !== 'comment'}
          value={written}
          onChange={setWritten}
        />
      )}
    </CommandModal>
  );
}
