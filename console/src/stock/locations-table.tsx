import type { Stock } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Panel } from '../ui/panel.tsx';
import { Badge } from '../ui/status.tsx';

const COUNTS = ['forSale', 'reserved', 'damaged', 'safetyStock', 'sold'] as const;
/** What lies on the shelf, each unit once. */
const ON_SHELF = ['forSale', 'kept', 'reserved', 'damaged'] as const;

/** Where the units are: a bar of what lies there, and the counts. */
export function LocationsTable({ stock }: { readonly stock: Stock }) {
  const { t } = useWords();
  const most = Math.max(1, ...stock.locations.map((one) => one.available + one.reserved + one.damaged));
  return (
    <Panel title={t('stock.locations')}>
      <div className="shelves-scroll">
        <table className="rows still shelves">
          <thead>
            <tr>
              <th scope="col">{t('stock.location')}</th>
              <th scope="col" className="wide">
                <span className="visually-hidden">{t('stock.bar')}</span>
              </th>
              {COUNTS.map((count) => (
                <th key={count} scope="col" className="number">
                  {t(`stock.${count}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stock.locations.map((one) => (
              <tr key={one.location}>
                <th scope="row">
                  {one.location}{' '}
                  {!one.active && (
                    <Badge tone="neutral" icon="pause">
                      {t('stock.inactive')}
                    </Badge>
                  )}
                </th>
                <td className="wide">
                  <Bar of={{ ...one, kept: one.available - one.forSale }} most={most} />
                </td>
                {COUNTS.map((count) => (
                  <td key={count} className="number" data-label={t(`stock.${count}`)}>
                    {one[count]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface BarProps {
  readonly of: Readonly<Record<(typeof ON_SHELF)[number], number>>;
  /** Units of the longest bar. */
  readonly most: number;
}

/** Says nothing that the counts beside it do not say. */
function Bar({ of, most }: BarProps) {
  return (
    <span className="shelf" aria-hidden="true">
      {ON_SHELF.map((part) => (
        <span key={part} className={`shelf-${part}`} style={{ width: `${(100 * of[part]) / most}%` }} />
      ))}
    </span>
  );
}
