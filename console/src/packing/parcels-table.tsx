import { Link } from 'wouter';
import type { ParcelToPack } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { AddressLines } from '../ui/address-lines.tsx';
import { When } from '../ui/time.tsx';
import { Goods } from './goods.tsx';

/** The parcels, each with what its packer needs: what goes in, where it goes, and its label. */
export function ParcelsTable({ parcels }: { readonly parcels: readonly ParcelToPack[] }) {
  const { t } = useWords();
  return (
    <table className="rows parcels">
      <thead>
        <tr>
          <th scope="col">{t('packing.parcel')}</th>
          <th scope="col">{t('packing.goods')}</th>
          <th scope="col">{t('packing.to')}</th>
          <th scope="col" className="wide">
            {t('packing.ordered')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parcels.map(({ orderId, shipmentId, trackingNumber, labelUrl, carrier, service, location, ...parcel }) => (
          <tr key={shipmentId}>
            <td>
              <Link href={`/orders/${orderId}`} className="row-link">
                <code>{trackingNumber ?? shipmentId}</code>
              </Link>
              <span className="quiet">{[carrier, service, location].filter(Boolean).join(' · ')}</span>
              {labelUrl !== undefined && (
                <a href={labelUrl} target="_blank" rel="noreferrer">
                  {t('packing.label')}
                </a>
              )}
            </td>
            <td>
              <Goods units={parcel.items} className="goods" />
            </td>
            <td>
              <AddressLines of={parcel.shippingAddress} />
            </td>
            <td className="wide">
              <When iso={parcel.orderedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
