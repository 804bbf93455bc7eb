import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDecision } from '../api/decision.ts';
import { returnPath } from '../api/paths.ts';
import type { Order, OrderReturn } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useOrderCommand } from '../order/use-order.ts';
import { CommandModal } from '../ui/command-modal.tsx';
import { Icon } from '../ui/icon.tsx';
import { effectsOf, REJECTIONS, type ReceivedUnits, receiptOf, requestOf, undecidedOf } from './receipt.ts';

/** What a receipt will do, as far as it does anything. */
const linesOf = ({ refunded, restocked, damaged, rejected, awaited }: ReturnType<typeof effectsOf>) =>
  (
    [
      { icon: 'card', text: 'return.effect.refunded', n: refunded, values: { n: refunded } },
      { icon: 'stock', text: 'return.effect.stock', n: refunded, values: { restocked, damaged } },
      { icon: 'box', text: 'return.effect.rejected', n: rejected, values: { n: rejected } },
      { icon: 'wait', text: 'return.effect.awaited', n: awaited, values: { n: awaited } },
    ] as const
  ).filter(({ n }) => n > 0);

interface ReceiveDialogProps {
  readonly order: Order;
  readonly back: OrderReturn;
  readonly onClose: () => void;
}

/** Asks what has come back and in which state, and shows what follows for money and stock before it is recorded. */
export function ReceiveDialog({ order, back, onClose }: ReceiveDialogProps) {
  const { t, name } = useWords();
  const [undecided] = useState(() => undecidedOf(back));
  const [receipt, setReceipt] = useState(() => receiptOf(undecided));
  const { version, idempotencyKey, onError } = useDecision(order.version);
  const sent = useOrderCommand(order.orderId);
  const request = requestOf(receipt, undecided);
  const articleOf = (sku: string) => order.items.find((item) => item.sku === sku)?.name ?? sku;
  return (
    <CommandModal
      title={t('return.receive.title')}
      label={t('return.receive')}
      isFinal
      isReady={request !== undefined}
      sent={sent}
      onSend={() =>
        sent.mutate({ path: returnPath(back.returnId, 'receive'), body: request, version, idempotencyKey }, { onError })
      }
      onClose={onClose}
      accepted={t('return.recorded')}
      then={t('command.follow')}
    >
      {undecided.map(({ sku, quantity }) => {
        const units = receipt[sku];
        if (!units) return null;
        const change = (changed: Partial<ReceivedUnits>) => setReceipt({ ...receipt, [sku]: { ...units, ...changed } });
        const article = articleOf(sku);
        return (
          <fieldset key={sku} className="receipt-units">
            <legend>
              {article} <span className="quiet">{t('refund.ofUnits', { sku, n: quantity })}</span>
            </legend>
            {(['good', 'damaged', 'rejected'] as const).map((state) => (
              <TextInput
                key={state}
                label={t(`return.${state}`)}
                inputMode="numeric"
                value={units[state]}
                onChange={({ target }) => change({ [state]: target.value })}
              />
            ))}
            <NativeSelect
              label={t('return.reason')}
              disabled={units.rejected.trim() === ''}
              value={units.reason}
              onChange={({ target }) => change({ reason: REJECTIONS.find((one) => one === target.value) ?? 'other' })}
              data={REJECTIONS.map((value) => ({ value, label: name('rejection', value) }))}
            />
          </fieldset>
        );
      })}
      <ul className="effects" aria-label={t('command.effects')} aria-live="polite">
        {!request && <li className="quiet">{t('return.fillIn')}</li>}
        {request &&
          linesOf(effectsOf(request, undecided)).map(({ icon, text, values }) => (
            <li key={text}>
              <Icon name={icon} />
              <span>{t(text, values)}</span>
            </li>
          ))}
      </ul>
    </CommandModal>
  );
}
