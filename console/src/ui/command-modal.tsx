import { Button, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../i18n/context.tsx';
import { Icon } from './icon.tsx';
import { ProblemNote } from './problem.tsx';

interface CommandModalProps {
  readonly title: string;
  /** What the button says that carries it out. */
  readonly label: string;
  /** Whether it takes something away for good. */
  readonly isFinal?: boolean;
  /** Whether everything is there that it needs. */
  readonly isReady: boolean;
  readonly sent: { readonly isSuccess: boolean; readonly isPending: boolean; readonly error: unknown };
  readonly onSend: () => void;
  readonly onClose: () => void;
  /** What has come of it, and what comes next; stands in the place of the form. */
  readonly accepted: string;
  readonly then: ReactNode;
  /** What it will do, and the fields that it needs. */
  readonly children: ReactNode;
}

/** Shows what a command will do, asks for what it needs, and says what came of it. */
export function CommandModal(props: CommandModalProps) {
  const { t } = useWords();
  const { title, label, isFinal = false, isReady, sent, onSend, onClose, accepted, then, children } = props;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSend();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      lockScroll={false}
      centered
      size={520}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {sent.isSuccess ? (
        <div className="done">
          <p role="status">
            <Icon name="check" size={20} /> {accepted}
          </p>
          <div className="quiet">{then}</div>
          <Button onClick={onClose} autoFocus>
            {t('close')}
          </Button>
        </div>
      ) : (
        <form onSubmit={send} className="dialog-form">
          {children}
          {sent.error !== null && sent.error !== undefined && <ProblemNote error={sent.error} />}
          <div className="row end">
            <Button variant="default" onClick={onClose}>
              {t('command.dont')}
            </Button>
            <Button
              type="submit"
              loading={sent.isPending}
              disabled={!isReady}
              className={isFinal ? 'danger' : undefined}
            >
              {label}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
