import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useDecision } from '../api/decision.ts';
import { useWords } from '../i18n/context.tsx';
import { CommandModal } from '../ui/command-modal.tsx';
import { shortId } from '../ui/copyable.tsx';
import { Icon } from '../ui/icon.tsx';
import { LookNote } from '../ui/look.tsx';
import type { ResendFilter } from './filters.ts';
import { wayToLetter } from './letters-table.tsx';
import { type ResendResult, usePreview, useResend } from './use-letters.ts';

/** Of what is sent, or was not, as many are named. */
const NAMED = 8;

interface ResendDialogProps {
  readonly filter: ResendFilter;
  readonly onClose: () => void;
}

/** Says which letters would be sent before it sends them, and what came of each. */
export function ResendDialog({ filter, onClose }: ResendDialogProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const { idempotencyKey } = useDecision(0);
  const preview = usePreview(filter);
  const sent = useResend(filter);
  const would = preview.data?.results.filter(({ outcome }) => outcome === 'would_resend') ?? [];
  const refused = preview.data?.results.filter(({ outcome }) => outcome === 'refused') ?? [];
  const went = sent.data?.results.filter(({ outcome }) => outcome === 'resent') ?? [];
  const stayed = sent.data?.results.filter(({ outcome }) => outcome === 'refused') ?? [];
  return (
    <CommandModal
      title={t('letters.resendAll')}
      label={t('letters.resendN', { n: would.length })}
      isReady={would.length > 0 && reason.trim() !== ''}
      sent={sent}
      onSend={() => sent.mutate({ reason: reason.trim(), idempotencyKey })}
      onClose={onClose}
      accepted={t('letters.resentN', { n: went.length })}
      then={
        <>
          <p>{t('letters.then')}</p>
          <Letters of={stayed} title={t('letters.refusedN', { n: stayed.length })} />
        </>
      }
    >
      <LookNote at={preview} rows={3} />
      {preview.data && (
        <>
          <p className="effects-line" role="status">
            <Icon name="undo" /> {t(preview.data.more ? 'letters.wouldMore' : 'letters.would', { n: would.length })}
          </p>
          <Letters of={would} />
          <Letters of={refused} title={t('letters.refusedN', { n: refused.length })} />
          <p className="quiet">{t('letters.resendHint')}</p>
        </>
      )}
      <ReasonField value={reason} onChange={setReason} />
    </CommandModal>
  );
}

export function ReasonField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}) {
  const { t } = useWords();
  return (
    <Textarea
      label={t('letters.reason')}
      description={t('letters.reasonHint')}
      required
      maxLength={500}
      autosize
      minRows={2}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function Letters({ of, title }: { readonly of: readonly ResendResult[]; readonly title?: string }) {
  const { t } = useWords();
  if (of.length === 0) return null;
  return (
    <div className="named-letters">
      {title !== undefined && <h3>{title}</h3>}
      <ul>
        {of.slice(0, NAMED).map(({ letterId, queue, eventType, detail }) => (
          <li key={letterId}>
            <Link href={wayToLetter(letterId)}>
              <code>{shortId(letterId)}</code>
            </Link>{' '}
            {eventType ?? queue}
            {detail !== undefined && <span className="quiet"> {detail}</span>}
          </li>
        ))}
        {of.length > NAMED && <li className="quiet">{t('letters.others', { n: of.length - NAMED })}</li>}
      </ul>
    </div>
  );
}
