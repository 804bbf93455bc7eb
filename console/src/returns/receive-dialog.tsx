import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDecision } from '../api/decision.ts';
import { returnPath } from '../api/paths.ts';
import type { Order, OrderReturn } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useOrderCommand } from '../order/use-order.ts';
import { CommandModal } from '../ui/command-modal.tsx';
import { REJECTIONS, type ReceivedUnits, receiptOf, requestOf, undecidedOf } from './receipt.ts';
import { ReceiptEffects } from './receipt-effects.tsx';
import { useReturnTerms } from './use-return-terms.ts';

interface ReceiveDialogProps {
  readonly order: Order;
  readonly back: OrderReturn;
  readonly onClose: () => void;
}

/** Asks what has come back and in which state, and shows what follows for money and stock before it is recorded. */
export function ReceiveDialog({ order, back, onClose }: ReceiveDialogProps) {
  const { t, name, percent } = useWords();
  const [undecided] = useState(() => undecidedOf(back));
  const [receipt, setReceipt] = useState(() => receiptOf(undecided));
  const { version, idempotencyKey, onError } = useDecision(order.version);
  const sent = useOrderCommand(order.orderId);
  const [waivesFee, setWaivesFee] = useState(false);
  const { data: terms } = useReturnTerms(order);
  const request = requestOf(receipt, undecided, waivesFee);
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
      {back.restockingFeeBasisPoints !== undefined && (
        <Checkbox
          label={t('return.waiveFee', { part: percent(back.restockingFeeBasisPoints) })}
          checked={waivesFee}
          onChange={({ target }) => setWaivesFee(target.checked)}
        />
      )}
      <ReceiptEffects back={back} undecided={undecided} request={request} terms={terms} />
    </CommandModal>
  );
}
