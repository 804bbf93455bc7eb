import { NativeSelect } from '@mantine/core';
import type { Order } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { RETURN_REASONS, type ReturnReason } from './reasons.ts';
import { useReturnTerms } from './use-return-terms.ts';

interface ReasonFieldProps {
  readonly order: Order;
  /** Empty when the customer has given none. */
  readonly value: ReturnReason | '';
  readonly onChange: (reason: ReturnReason | '') => void;
}

/** Asks why goods come back, and says what the shop keeps of their price for it. */
export function ReasonField({ order, value, onChange }: ReasonFieldProps) {
  const { t, name, percent } = useWords();
  const { data: terms } = useReturnTerms(order);
  const fee = terms?.reasons.find(({ reason }) => reason === (value === '' ? 'other' : value));
  return (
    <NativeSelect
      label={t('return.whySent')}
      description={
        fee && fee.restockingFeeBasisPoints > 0
          ? t('return.keepsOfRefund', { part: percent(fee.restockingFeeBasisPoints) })
          : undefined
      }
      value={value}
      onChange={({ target }) => onChange(RETURN_REASONS.find((one) => one === target.value) ?? '')}
      data={[
        { value: '', label: t('return.notSaid') },
        ...RETURN_REASONS.map((reason) => ({ value: reason, label: name('returnReason', reason) })),
      ]}
    />
  );
}
