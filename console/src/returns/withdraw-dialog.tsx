import { useState } from 'react';
import { useDecision } from '../api/decision.ts';
import { returnPath } from '../api/paths.ts';
import type { Order, OrderReturn } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useOrderCommand } from '../order/use-order.ts';
import { CommandModal } from '../ui/command-modal.tsx';
import { CommentField } from '../ui/comment-field.tsx';
import { undecidedOf } from './receipt.ts';

interface WithdrawDialogProps {
  readonly order: Order;
  readonly back: OrderReturn;
  readonly onClose: () => void;
}

/** Says that the rest of a return will not come. */
export function WithdrawDialog({ order, back, onClose }: WithdrawDialogProps) {
  const { t } = useWords();
  const [comment, setComment] = useState('');
  const { version, idempotencyKey, onError } = useDecision(order.version);
  const sent = useOrderCommand(order.orderId);
  const units = undecidedOf(back)
    .map(({ sku, quantity }) => `${quantity} × ${sku}`)
    .join(', ');
  const body = comment.trim() === '' ? {} : { comment: comment.trim() };
  return (
    <CommandModal
      title={t('return.withdraw.title')}
      label={t('return.withdraw')}
      isFinal
      isReady
      sent={sent}
      onSend={() =>
        sent.mutate({ path: returnPath(back.returnId, 'withdraw'), body, version, idempotencyKey }, { onError })
      }
      onClose={onClose}
      accepted={t('return.recorded')}
      then={t('command.follow')}
    >
      <p>{t('return.withdraw.what', { units })}</p>
      <CommentField label={t('command.reason')} value={comment} onChange={setComment} />
    </CommandModal>
  );
}
