import type { Order } from '../api/types.ts';

/** An address as it stands on a parcel. */
export function AddressLines({ of }: { readonly of: Order['shippingAddress'] }) {
  const { name, street, city, state, postalCode, country } = of;
  return (
    <address>
      {[name, street, [postalCode, city, state].filter(Boolean).join(' '), country].map((line) => (
        <span key={line}>{line}</span>
      ))}
    </address>
  );
}
