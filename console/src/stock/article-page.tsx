import { Button } from '@mantine/core';
import type { Stock } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { useMay } from '../session/context.tsx';
import { LookNote } from '../ui/look.tsx';
import { useOpener } from '../ui/opener.ts';
import { Empty, Facts, Panel } from '../ui/panel.tsx';
import { Badge } from '../ui/status.tsx';
import { LocationsTable } from './locations-table.tsx';
import { STOCK_COMMANDS, STOCK_SCOPE, type StockCommand } from './stock-commands.ts';
import { StockDialog } from './stock-dialog.tsx';
import { StockHistoryPanel } from './stock-history.tsx';
import { useStock } from './use-stock.ts';

/** How many units of an article there are and where, how that came about, and what an operator can record. */
export default function ArticlePage({ sku }: { readonly sku: string }) {
  const { t } = useWords();
  const stock = useStock(sku);
  return (
    <div className="page">
      <header className="order-head">
        <div className="order-title">
          <h1>
            <span className="quiet">{t('stock.article')}</span> {sku}
          </h1>
          {stock.data?.low === true && (
            <Badge tone="waiting" icon="flag">
              {t('stock.isLow')}
            </Badge>
          )}
        </div>
        {stock.data !== undefined && <StockCommands sku={sku} stock={stock.data ?? undefined} />}
      </header>
      <LookNote at={stock} rows={8} />
      {stock.data === null && (
        <Panel title={t('stock.locations')}>
          <Empty title={t('stock.never')}>{t('stock.neverHint')}</Empty>
        </Panel>
      )}
      {stock.data && (
        <div className="order-columns">
          <div className="order-story">
            <LocationsTable stock={stock.data} />
            <StockHistoryPanel sku={sku} />
          </div>
          <aside className="order-facts">
            <Total stock={stock.data} />
          </aside>
        </div>
      )}
    </div>
  );
}

function Total({ stock }: { readonly stock: Stock }) {
  const { t } = useWords();
  const { available, forSale, reserved, sold, damaged, received, safetyStock, lowStockThreshold } = stock;
  const facts: readonly (readonly [string, string])[] = [
    [t('stock.forSale'), String(forSale)],
    [t('stock.available'), String(available)],
    [t('stock.safetyStock'), String(safetyStock)],
    [t('stock.reserved'), String(reserved)],
    [t('stock.sold'), String(sold)],
    [t('stock.damaged'), String(damaged)],
    [t('stock.received'), String(received)],
    [t('stock.threshold'), lowStockThreshold === undefined ? t('stock.noThreshold') : String(lowStockThreshold)],
  ];
  return (
    <Panel title={t('stock.total')}>
      <Facts facts={facts} />
    </Panel>
  );
}

function StockCommands({ sku, stock }: { readonly sku: string; readonly stock: Stock | undefined }) {
  const { t } = useWords();
  const may = useMay();
  const { chosen, choose, close } = useOpener<StockCommand>();
  if (!may(STOCK_SCOPE)) return null;
  const offered = stock === undefined ? (['receipt'] as const) : STOCK_COMMANDS;
  return (
    <div className="commands" role="group" aria-label={t('commands.label')}>
      {offered.map((command) => (
        <Button
          key={command}
          size="xs"
          variant={command === 'receipt' ? 'filled' : 'default'}
          className={command === 'damage' ? 'takes-away' : undefined}
          onClick={(event) => choose(event, command)}
        >
          {t(`stockCommand.${command}`)}
        </Button>
      ))}
      {chosen && <StockDialog key={chosen} command={chosen} sku={sku} stock={stock} onClose={close} />}
    </div>
  );
}
