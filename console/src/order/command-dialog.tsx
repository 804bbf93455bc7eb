import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { unclearAfter } from '../api/attempts.ts';
import type { Order } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { ProblemNote } from '../ui/problem.tsx';
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
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [seen] = useState(order);
  const [unclear, setUnclear] = useState<number>();
  const sent = useOrderCommand(order.orderId);
  const fault = faultOf(command.id, form, order);
  const isOutdated = order.version !== seen.version && !sent.isSuccess;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (fault !== undefined) return;
    const version = unclear ?? order.version;
    sent.mutate(
      {
        path: command.path,
        body: bodyOf(command, form, order),
        version,
        idempotencyKey: `${idempotencyKey}-${version}`,
      },
      { onError: (error) => setUnclear(unclearAfter(error, version, unclear)) },
    );
  };
  const title = t(`command.${command.id}.title`);
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
            <Icon name="check" size={20} /> {t('command.accepted', { status: name('status', order.status) })}
          </p>
          <p className="quiet">{t('command.follow')}</p>
          <Button onClick={onClose} autoFocus>
            {t('close')}
          </Button>
        </div>
      ) : (
        <form onSubmit={send} className="dialog-form">
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
            <Textarea
              label={t('command.reason')}
              description={t('command.reasonHint')}
              maxLength={500}
              autosize
              minRows={2}
              value={form.comment}
              onChange={({ target }) => setForm({ ...form, comment: target.value })}
            />
          )}
          {isOutdated && <p className="notice">{t('command.changedMeanwhile')}</p>}
          {sent.error && <ProblemNote error={sent.error} />}
          <div className="row end">
            <Button variant="default" onClick={onClose}>
              {t('command.dont')}
            </Button>
            <Button
              type="submit"
              loading={sent.isPending}
              disabled={fault !== undefined}
              className={command.final ? 'danger' : undefined}
            >
              {t(`command.${command.id}`)}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

const unitsOf = ({ items }: Order): number => items.reduce((sum, { quantity }) => sum + quantity, 0);
