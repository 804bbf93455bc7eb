import { useState } from 'react';
import { useDecision } from '../api/decision.ts';
import type { Order } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { CommandModal } from '../ui/command-modal.tsx';
import { CommentField } from '../ui/comment-field.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { MoreFields } from './command-fields.tsx';
import { bodyOf, EMPTY_FORM, type Form, faultOf, needsMore } from './command-form.ts';
import { type Effect, effectsOf, type OrderCommand } from './commands.ts';
import { useOrderCommand } from './use-order.ts';

const ICONS: Readonly<Record<Effect['kind'], IconName>> = {
  money: 'card',
  stock: 'box',
  parcel: 'truck',
  order: 'orders',
  customer: 'person',
};

interface CommandDialogProps {
  readonly command: OrderCommand;
  readonly order: Order;
  readonly onClose: () => void;
}

/** Shows what a command will do, asks for what it needs, sends it for the version that the reader has seen, and says what came of it. */
export function CommandDialog({ command, order, onClose }: CommandDialogProps) {
  const { t, money, name } = useWords();
  const [form, setForm] = useState<Form>(EMPTY_FORM);
  const [seen] = useState(order);
  const { version, idempotencyKey, onError } = useDecision(order.version);
  const sent = useOrderCommand(order.orderId);
  const isOutdated = order.version !== seen.version && !sent.isSuccess;
  return (
    <CommandModal
      title={t(`command.${command.id}.title`)}
      label={t(`command.${command.id}`)}
      isFinal={command.final}
      isReady={faultOf(command.id, form, order) === undefined}
      sent={sent}
      onSend={() =>
        sent.mutate({ path: command.path, body: bodyOf(command, form, order), version, idempotencyKey }, { onError })
      }
      onClose={onClose}
      accepted={t('command.accepted', { status: name('status', order.status) })}
      then={t('command.follow')}
    >
      <ul className="effects" aria-label={t('command.effects')}>
        {effectsOf(command.id, order).map(({ kind, text }) => (
          <li key={text}>
            <Icon name={ICONS[kind]} />
            <span>{t(text, { total: money(order.total), units: unitsOf(order) })}</span>
          </li>
        ))}
      </ul>
      {needsMore(command.id) && <MoreFields command={command} order={order} form={form} onChange={setForm} />}
      {command.reason === 'optional' && (
        <CommentField
          label={t('command.reason')}
          value={form.comment}
          onChange={(comment) => setForm({ ...form, comment })}
        />
      )}
      {isOutdated && <p className="notice">{t('command.changedMeanwhile')}</p>}
    </CommandModal>
  );
}

const unitsOf = ({ items }: Order): number => items.reduce((sum, { quantity }) => sum + quantity, 0);
