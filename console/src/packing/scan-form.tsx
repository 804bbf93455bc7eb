import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { ParcelToPack } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Icon } from '../ui/icon.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { scannedParcel } from './picks.ts';
import type { useHandOver } from './use-parcels.ts';

interface ScanFormProps {
  readonly parcels: readonly ParcelToPack[];
  readonly handOver: ReturnType<typeof useHandOver>;
  readonly onHandedOver: (parcel: ParcelToPack) => void;
}

/** Takes the number of one label after the other, as a scanner types it, and records that the carrier has the parcel. */
export function ScanForm({ parcels, handOver, onHandedOver }: ScanFormProps) {
  const { t } = useWords();
  const [scanned, setScanned] = useState('');
  const [unknown, setUnknown] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const scan = (event: FormEvent) => {
    event.preventDefault();
    const code = scanned.trim();
    if (code === '') return;
    setScanned('');
    field.current?.focus();
    const parcel = scannedParcel(parcels, code);
    setUnknown(parcel ? undefined : code);
    if (!parcel) return handOver.reset();
    handOver.mutate({ parcel, idempotencyKey: crypto.randomUUID() }, { onSuccess: () => onHandedOver(parcel) });
  };
  const done = handOver.isSuccess ? handOver.variables.parcel : undefined;
  return (
    <>
      <form className="filters" onSubmit={scan} aria-label={t('packing.handOver')}>
        <TextInput
          ref={field}
          label={t('packing.scan')}
          description={t('packing.scanHint')}
          value={scanned}
          maxLength={64}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setScanned(target.value)}
        />
        <Button type="submit" variant="default" disabled={scanned.trim() === ''} loading={handOver.isPending}>
          {t('packing.handOver')}
        </Button>
      </form>
      <p role="status" className="scanned">
        {unknown !== undefined && (
          <>
            <Icon name="cross" /> {t('packing.unknown', { number: unknown })}
          </>
        )}
        {done && (
          <>
            <Icon name="check" /> {t('packing.gone', { number: done.trackingNumber ?? done.shipmentId })}
          </>
        )}
      </p>
      {handOver.error !== null && <ProblemNote error={handOver.error} />}
    </>
  );
}
