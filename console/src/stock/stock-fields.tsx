import { NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Stock } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import type { Key } from '../i18n/text.ts';
import { countsAt, DAMAGES, type StockCommand, type StockForm } from './stock-commands.ts';

interface StockFieldsProps {
  readonly command: StockCommand;
  readonly form: StockForm;
  readonly stock: Stock | undefined;
  readonly onChange: (form: StockForm) => void;
}

type Field = Exclude<keyof StockForm, 'damage'>;

const LONGEST: Readonly<Partial<Record<Field, number>>> = { reference: 100, reason: 200, location: 16, to: 16 };
const REQUIRED: readonly Field[] = ['quantity', 'reason', 'to', 'safetyStock'];
const NUMBERS: readonly Field[] = ['quantity', 'safetyStock', 'lowStockThreshold'];

const FIELDS: Readonly<Record<StockCommand, readonly (Field | 'damage')[]>> = {
  receipt: ['quantity', 'location', 'reference'],
  correction: ['quantity', 'location', 'reason'],
  damage: ['quantity', 'location', 'damage'],
  transfer: ['quantity', 'location', 'to', 'reference'],
  limits: ['location', 'safetyStock', 'lowStockThreshold', 'reason'],
};

/** What a command about stock needs. */
export function StockFields({ command, form, stock, onChange }: StockFieldsProps) {
  const { t, name } = useWords();
  const locations = useId();
  const change = (field: keyof StockForm, text: string) => {
    const limitsOf = command === 'limits' && field === 'location' ? countsAt(stock, text.trim()) : undefined;
    onChange({
      ...form,
      [field]: text,
      ...(limitsOf === undefined ? {} : { safetyStock: String(limitsOf.safetyStock) }),
    });
  };
  return (
    <div className="stock-fields">
      {FIELDS[command].map((field) =>
        field === 'damage' ? (
          <NativeSelect
            key={field}
            label={t('stockField.damage')}
            value={form.damage}
            onChange={({ target }) => change('damage', target.value)}
            data={DAMAGES.map((value) => ({ value, label: name('stockDamage', value) }))}
          />
        ) : (
          <TextInput
            key={field}
            label={t(labelOf(command, field))}
            description={hintOf(command, field) && t(hintOf(command, field)!)}
            required={REQUIRED.includes(field)}
            inputMode={NUMBERS.includes(field) && command !== 'correction' ? 'numeric' : 'text'}
            maxLength={LONGEST[field] ?? 8}
            list={field === 'location' || field === 'to' ? locations : undefined}
            autoComplete="off"
            spellCheck={false}
            value={form[field]}
            onChange={({ target }) => change(field, target.value)}
          />
        ),
      )}
      <datalist id={locations}>
        {(stock?.locations ?? []).map(({ location }) => (
          <option key={location} value={location} />
        ))}
      </datalist>
    </div>
  );
}

function labelOf(command: StockCommand, field: Field): Key {
  if (command === 'transfer' && field === 'location') return 'stockField.from';
  if (command === 'correction' && field === 'quantity') return 'stockField.difference';
  return `stockField.${field}`;
}

function hintOf(command: StockCommand, field: Field): Key | undefined {
  if (command === 'correction' && field === 'quantity') return 'stockField.difference.hint';
  if (field === 'lowStockThreshold') return 'stockField.lowStockThreshold.hint';
  if (field === 'safetyStock') return 'stockField.safetyStock.hint';
  if (field === 'reference') return 'stockField.reference.hint';
  return undefined;
}
