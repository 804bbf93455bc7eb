import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useWords } from '../i18n/context.tsx';
import { ORDER_STATUSES } from '../order/statuses.ts';
import type { Filters } from './use-orders.ts';

interface FilterRowProps {
  readonly filters: Filters;
  readonly onChange: (changed: Partial<Filters>) => void;
}

export function FilterRow({ filters, onChange }: FilterRowProps) {
  const { t, name } = useWords();
  const isFiltered = Object.values(filters).some((value) => value !== '');
  return (
    <form className="filters" aria-label={t('filters.label')} onSubmit={(event) => event.preventDefault()}>
      <NativeSelect
        label={t('order.status')}
        value={filters.status}
        onChange={({ target }) => onChange({ status: target.value })}
        data={[
          { value: '', label: t('filters.any') },
          ...ORDER_STATUSES.map((status) => ({ value: status, label: name('status', status) })),
        ]}
      />
      <TextInput
        type="date"
        label={t('filters.from')}
        description={t('filters.utc')}
        value={filters.from}
        max={filters.to || undefined}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <TextInput
        type="date"
        label={t('filters.to')}
        description={t('filters.utc')}
        value={filters.to}
        min={filters.from || undefined}
        onChange={({ target }) => onChange({ to: target.value })}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={() => onChange({ status: '', from: '', to: '' })}>
          {t('filters.clear')}
        </Button>
      )}
    </form>
  );
}
