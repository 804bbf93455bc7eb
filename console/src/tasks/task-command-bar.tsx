import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { unclearAfter } from '../api/attempts.ts';
import type { AnyTask } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useMay, useOperator } from '../session/context.tsx';
import { Icon } from '../ui/icon.tsx';
import { useOpener } from '../ui/opener.ts';
import { ProblemNote } from '../ui/problem.tsx';
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
  const [chosen, setChosen] = useState<TaskCommand>();
  const opener = useOpener();
  const commands = taskCommandsFor(task, operator?.id ?? '', may);
  const close = () => {
    setChosen(undefined);
    opener.giveBack();
  };
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
          onClick={(event) => {
            opener.remember(event);
            setChosen(command);
          }}
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
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [unclear, setUnclear] = useState<number>();
  const sent = useTaskCommand(task.taskId, orderId);
  const body = taskBodyOf(command, written);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!body) return;
    const version = unclear ?? task.version;
    sent.mutate(
      { path: command.id, body, version, idempotencyKey: `${idempotencyKey}-${version}` },
      { onError: (error) => setUnclear(unclearAfter(error, version, unclear)) },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`taskCommand.${command.id}`)}
      lockScroll={false}
      centered
      size={520}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {sent.isSuccess ? (
        <div className="done">
          <p role="status">
            <Icon name="check" size={20} /> {t('taskCommand.accepted')}
          </p>
          <p className="quiet">{t(`taskCommand.${command.id}.then`)}</p>
          <Button onClick={onClose} autoFocus>
            {t('close')}
          </Button>
        </div>
      ) : (
        <form onSubmit={send} className="dialog-form">
          <p>{t(`taskCommand.${command.id}.what`)}</p>
          {command.text !== 'none' && (
            <Textarea
              label={t(`taskText.${command.text}`)}
              description={t('command.reasonHint')}
              required={command.text !== 'comment'}
              maxLength={500}
              autosize
              minRows={2}
              value={written}
              onChange={({ target }) => setWritten(target.value)}
            />
          )}
          {sent.error && <ProblemNote error={sent.error} />}
          <div className="row end">
            <Button variant="default" onClick={onClose}>
              {t('command.dont')}
            </Button>
            <Button
              type="submit"
              loading={sent.isPending}
              disabled={!body}
              className={command.final ? 'danger' : undefined}
            >
              {t(`taskCommand.${command.id}`)}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
