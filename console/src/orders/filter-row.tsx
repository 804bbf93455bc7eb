import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/context.tsx';
import { ORDER_STATUSES } from '../order/statuses.ts';
import { METHODS, PAYMENTS, REASONS, SHIPMENTS } from './choices.ts';
import { type Filters, isAmountUnclear, isFiltered, NO_FILTERS } from './filters.ts';

const AMOUNT_NOTE = 'amount-note';

interface FilterRowProps {
  readonly filters: Filters;
  readonly onChange: (changed: Partial<Filters>) => void;
  /** Whether all orders are filtered, which there is more to ask of than of those of one customer. */
  readonly ofAll: boolean;
}

export function FilterRow({ filters, onChange, ofAll }: FilterRowProps) {
  const { t, name } = useWords();
  const hasMore = ['shipment', 'reason', 'parked', 'currency', 'min', 'max'].some(
    (one) => filters[one as keyof Filters] !== '',
  );
  const [isOpen, setOpen] = useState(hasMore);
  const choice = (about: keyof Filters, label: string, group: string, values: readonly string[]) => (
    <NativeSelect
      label={label}
      value={filters[about]}
      onChange={({ target }) => onChange({ [about]: target.value })}
      data={[{ value: '', label: t('filters.any') }, ...values.map((value) => ({ value, label: name(group, value) }))]}
    />
  );
  const day = (about: 'from' | 'to', bounds: { readonly min?: string; readonly max?: string }) => (
    <TextInput
      type="date"
      label={t(`filters.${about}`)}
      description={t('filters.utc')}
      value={filters[about]}
      min={bounds.min || undefined}
      max={bounds.max || undefined}
      onChange={({ target }) => onChange({ [about]: target.value })}
    />
  );
  return (
    <form
      className="filters order-filters"
      aria-label={t('filters.label')}
      onSubmit={(event) => event.preventDefault()}
    >
      {choice('status', t('order.status'), 'status', ORDER_STATUSES)}
      {ofAll && choice('method', t('filters.method'), 'method', METHODS)}
      {ofAll && choice('payment', t('filters.payment'), 'payment', PAYMENTS)}
      {day('from', { max: filters.to })}
      {day('to', { min: filters.from })}
      {ofAll && (isOpen || hasMore) && (
        <>
          {choice('shipment', t('filters.shipment'), 'shipment', SHIPMENTS)}
          {choice('reason', t('filters.reason'), 'reason', REASONS)}
          <Amounts filters={filters} onChange={onChange} />
          <NativeSelect
            label={t('filters.parked')}
            value={filters.parked}
            onChange={({ target }) => onChange({ parked: target.value })}
            data={[
              { value: '', label: t('filters.any') },
              { value: 'true', label: t('filters.parkedOnly') },
            ]}
          />
        </>
      )}
      {ofAll && !isOpen && !hasMore && (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('filters.more')}
        </Button>
      )}
      {isFiltered(filters) && (
        <Button variant="default" onClick={() => onChange(NO_FILTERS)}>
          {t('filters.clear')}
        </Button>
      )}
      {isAmountUnclear(filters) && (
        <p id={AMOUNT_NOTE} className="filters-note" role="alert">
          {t('filters.noAmount')}
        </p>
      )}
    </form>
  );
}

function Amounts({ filters, onChange }: Pick<FilterRowProps, 'filters' | 'onChange'>) {
  const { t } = useWords();
  const isUnclear = isAmountUnclear(filters);
  return (
    <>
      <TextInput
        className="filter-short"
        label={t('filters.currency')}
        value={filters.currency}
        maxLength={3}
        placeholder="CNY"
        onChange={({ target }) => onChange({ currency: target.value.toUpperCase() })}
      />
      {(['min', 'max'] as const).map((one) => (
        <TextInput
          key={one}
          className="filter-short"
          label={t(`filters.${one}`)}
          value={filters[one]}
          inputMode="decimal"
          error={isUnclear && filters[one] !== ''}
          aria-describedby={isUnclear ? AMOUNT_NOTE : undefined}
          onChange={({ target }) => onChange({ [one]: target.value.trim() })}
        />
      ))}
    </>
  );
}
