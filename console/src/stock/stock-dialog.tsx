import { useState } from 'react';
import { useDecision } from '../api/decision.ts';
import type { Stock } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { CommandModal } from '../ui/command-modal.tsx';
import { Icon } from '../ui/icon.tsx';
import { changesOf, formOf, requestOf, type StockCommand } from './stock-commands.ts';
import { StockFields } from './stock-fields.tsx';
import { useStockCommand } from './use-stock.ts';

interface StockDialogProps {
  readonly command: StockCommand;
  readonly sku: string;
  /** Undefined when there never was any. */
  readonly stock: Stock | undefined;
  readonly onClose: () => void;
}

/** Asks for what a change of stock needs, and shows the counts before it and after it. */
export function StockDialog({ command, sku, stock, onClose }: StockDialogProps) {
  const { t } = useWords();
  const [form, setForm] = useState(() => formOf(stock));
  const { idempotencyKey } = useDecision(0);
  const sent = useStockCommand(sku);
  const request = requestOf(command, form);
  const changes = request === undefined ? [] : changesOf(request, stock);
  return (
    <CommandModal
      title={t(`stockCommand.${command}.title`, { sku })}
      label={t(`stockCommand.${command}`)}
      isReady={request !== undefined}
      sent={sent}
      onSend={() => {
        if (request) sent.mutate({ request, idempotencyKey });
      }}
      onClose={onClose}
      accepted={t('stock.recorded', { forSale: sent.data?.forSale ?? 0 })}
      then={t('stock.then')}
    >
      <p>{t(`stockCommand.${command}.what`)}</p>
      <StockFields command={command} form={form} stock={stock} onChange={setForm} />
      <ul className="effects" aria-label={t('command.effects')} aria-live="polite">
        {changes.length === 0 && <li className="quiet">{t('stock.fillIn')}</li>}
        {changes.map(({ location, count, before, after }) => (
          <li key={location + count}>
            <Icon name="stock" />
            <span>{t('stock.change', { location, count: t(`stock.${count}`), before, after })}</span>
            {after < 0 && <span className="overdue">{t('stock.tooFew')}</span>}
          </li>
        ))}
      </ul>
    </CommandModal>
  );
}
