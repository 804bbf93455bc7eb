import type { Pick } from './picks.ts';

/** Units of articles, one below the other or side by side, as the class says. */
export const Goods = ({ units, className }: { readonly units: readonly Pick[]; readonly className: string }) => (
  <ul className={className}>
    {units.map(({ sku, name, quantity }) => (
      <li key={sku}>
        <b>{quantity} ×</b> {name} <code className="quiet">{sku}</code>
      </li>
    ))}
  </ul>
);
