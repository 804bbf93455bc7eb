import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Stock } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { LookNote, MoreButton } from '../ui/look.tsx';
import { Empty, Panel } from '../ui/panel.tsx';
import { useLowStock } from './use-stock.ts';

export const wayToArticle = (sku: string): string => `/stock/${encodeURIComponent(sku)}`;

/** The articles of which little is left, and the way to any other. */
export default function StockPage() {
  const { t } = useWords();
  const low = useLowStock();
  const found = low.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('nav.stock')}</h1>
      </div>
      <OpenArticle />
      <Panel title={t('stock.low')}>
        <LookNote at={low} />
        {low.data && found.length === 0 && <Empty title={t('stock.noneLow')}>{t('stock.noneLowHint')}</Empty>}
        {found.length > 0 && <ArticlesTable articles={found} />}
      </Panel>
      <MoreButton of={low} label={t('orders.more')} />
    </div>
  );
}

function OpenArticle() {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [sku, setSku] = useState('');
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (sku.trim() !== '') navigate(wayToArticle(sku.trim()));
  };
  return (
    <form className="filters" onSubmit={open} aria-label={t('stock.open')}>
      <TextInput
        label={t('stock.sku')}
        placeholder="TSHIRT"
        value={sku}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setSku(target.value)}
      />
      <Button type="submit" variant="default" disabled={sku.trim() === ''}>
        {t('stock.open')}
      </Button>
    </form>
  );
}

function ArticlesTable({ articles }: { readonly articles: readonly Stock[] }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">{t('stock.sku')}</th>
          <th scope="col" className="number">
            {t('stock.forSale')}
          </th>
          <th scope="col" className="number wide">
            {t('stock.threshold')}
          </th>
          <th scope="col" className="number wide">
            {t('stock.reserved')}
          </th>
        </tr>
      </thead>
      <tbody>
        {articles.map(({ sku, forSale, lowStockThreshold, reserved }) => (
          <tr
            key={sku}
            onClick={({ target }) => {
              if (!(target as HTMLElement).closest('a')) navigate(wayToArticle(sku));
            }}
          >
            <td>
              <Link href={wayToArticle(sku)} className="row-link">
                <code>{sku}</code>
              </Link>
            </td>
            <td className="number">{forSale}</td>
            <td className="number wide">{lowStockThreshold ?? '–'}</td>
            <td className="number wide">{reserved}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
