import { SegmentedControl, TextInput } from '@mantine/core';
import type { Order } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { ReasonField } from '../returns/reason-field.tsx';
import type { Form } from './command-form.ts';
import type { OrderCommand } from './commands.ts';

interface MoreFieldsProps {
  readonly command: OrderCommand;
  readonly order: Order;
  readonly form: Form;
  readonly onChange: (form: Form) => void;
}

/** Of which units, or of how much, a refund or a return is. */
export function MoreFields({ command, order, form, onChange }: MoreFieldsProps) {
  const { t } = useWords();
  const isRefund = command.id === 'refund';
  return (
    <>
      {isRefund && (
        <SegmentedControl
          aria-label={t('refund.scope')}
          value={form.scope}
          onChange={(scope) => onChange({ ...form, scope })}
          data={(['items', 'amount', 'full'] as const).map((value) => ({ value, label: t(`refund.${value}`) }))}
        />
      )}
      {isRefund && form.scope === 'amount' && (
        <TextInput
          label={t('refund.amountLabel', { currency: order.total.currency })}
          inputMode="decimal"
          required
          value={form.amount}
          onChange={({ target }) => onChange({ ...form, amount: target.value })}
        />
      )}
      {(!isRefund || form.scope === 'items') && (
        <div className="unit-fields">
          {order.items.map(({ sku, name, quantity }) => (
            <TextInput
              key={sku}
              type="number"
              min={0}
              max={quantity}
              step={1}
              label={name}
              description={t('refund.ofUnits', { sku, n: quantity })}
              value={String(form.units[sku] ?? 0)}
              onChange={({ target }) =>
                onChange({ ...form, units: { ...form.units, [sku]: Math.trunc(Number(target.value)) } })
              }
            />
          ))}
        </div>
      )}
      {command.id === 'return' && (
        <ReasonField
          order={order}
          value={form.returnReason}
          onChange={(returnReason) => onChange({ ...form, returnReason })}
        />
      )}
    </>
  );
}
