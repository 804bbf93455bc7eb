import { Button } from '@mantine/core';
import { useState } from 'react';
import { useDecision } from '../api/decision.ts';
import type { DeadLetter } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useMay } from '../session/context.tsx';
import { CommandModal } from '../ui/command-modal.tsx';
import { useOpener } from '../ui/opener.ts';
import { ReasonField } from './resend-dialog.tsx';
import { useLetterCommand } from './use-letters.ts';

type LetterCommand = DeadLetter['commands'][number];

/** What this operator can do about the letter now. */
export function LetterCommands({ letter }: { readonly letter: DeadLetter }) {
  const { t } = useWords();
  const may = useMay();
  const { chosen, choose, close } = useOpener<LetterCommand>();
  if (!may('orders:recover')) return null;
  return (
    <div className="commands" role="group" aria-label={t('commands.label')}>
      {letter.commands.map((command) => (
        <Button
          key={command}
          size="xs"
          variant={command === 'resend' ? 'filled' : 'default'}
          className={command === 'dismiss' ? 'takes-away' : undefined}
          onClick={(event) => choose(event, command)}
        >
          {t(`letterCommand.${command}`)}
        </Button>
      ))}
      {chosen && <LetterDialog key={chosen} command={chosen} letter={letter} onClose={close} />}
    </div>
  );
}

interface LetterDialogProps {
  readonly command: LetterCommand;
  readonly letter: DeadLetter;
  readonly onClose: () => void;
}

function LetterDialog({ command, letter: { letterId, queue, state }, onClose }: LetterDialogProps) {
  const { t, name } = useWords();
  const [reason, setReason] = useState('');
  const { idempotencyKey } = useDecision(0);
  const sent = useLetterCommand(letterId);
  return (
    <CommandModal
      title={t(`letterCommand.${command}.title`)}
      label={t(`letterCommand.${command}`)}
      isFinal={command === 'dismiss'}
      isReady={reason.trim() !== ''}
      sent={sent}
      onSend={() => sent.mutate({ path: command, reason: reason.trim(), idempotencyKey })}
      onClose={onClose}
      accepted={t('letters.now', { state: name('letterState', state) })}
      then={t(`letterCommand.${command}.then`)}
    >
      <p>{t(`letterCommand.${command}.what`, { queue })}</p>
      <ReasonField value={reason} onChange={setReason} />
    </CommandModal>
  );
}
