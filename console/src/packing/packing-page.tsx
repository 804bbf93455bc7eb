import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useWords } from '../i18n/context.tsx';
import { LookNote, MoreButton } from '../ui/look.tsx';
import { Empty, Panel } from '../ui/panel.tsx';
import { Goods } from './goods.tsx';
import { ParcelsTable } from './parcels-table.tsx';
import { locationsOf, picksOf } from './picks.ts';
import { ScanForm } from './scan-form.tsx';
import { useHandOver, useParcels } from './use-parcels.ts';

/** For those who pack: what to pick, which parcels to make of it, and a field for the scanner as the carrier takes them. */
export default function PackingPage() {
  const { t } = useWords();
  const [parameters, setParameters] = useSearchParams();
  const location = parameters.get('location') ?? '';
  const asked = useParcels(location);
  const handOver = useHandOver();
  // The list is a second or two behind.
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const parcels = (asked.data?.pages.flatMap(({ items }) => items) ?? []).filter(
    ({ shipmentId }) => !gone.has(shipmentId),
  );
  const locations = locationsOf(parcels);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('nav.packing')}</h1>
        {asked.data && (
          <span className="quiet">
            {t(asked.hasNextPage ? 'packing.countMore' : 'packing.count', { n: parcels.length })}
          </span>
        )}
      </div>
      <ScanForm
        parcels={parcels}
        handOver={handOver}
        onHandedOver={({ shipmentId }) => setGone((before) => new Set(before).add(shipmentId))}
      />
      {(location !== '' || locations.length > 1) && (
        <form className="filters" aria-label={t('filters.label')} onSubmit={(event) => event.preventDefault()}>
          <NativeSelect
            label={t('stock.location')}
            value={location}
            onChange={({ target }) => setParameters(target.value === '' ? {} : { location: target.value })}
            data={[
              { value: '', label: t('filters.any') },
              ...[...new Set([...locations, ...(location === '' ? [] : [location])])].map((value) => ({
                value,
                label: value,
              })),
            ]}
          />
        </form>
      )}
      <LookNote at={asked} />
      {asked.data && parcels.length === 0 && (
        <Panel title={t('packing.parcels')}>
          <Empty title={t('packing.none')}>{t('packing.noneHint')}</Empty>
        </Panel>
      )}
      {parcels.length > 0 && (
        <>
          <Panel title={t('packing.picks')}>
            <Goods units={picksOf(parcels)} className="picks" />
          </Panel>
          <Panel title={t('packing.parcels')}>
            <ParcelsTable parcels={parcels} />
          </Panel>
        </>
      )}
      <MoreButton of={asked} label={t('orders.more')} />
    </div>
  );
}
