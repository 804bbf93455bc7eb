import { Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useApi } from '../api/context.tsx';
import { retryOfMany } from '../api/queries.ts';
import { download } from '../format/download.ts';
import { csvOf } from '../format/files.ts';
import { decimalOf } from '../format/money.ts';
import { useWords } from '../i18n/context.tsx';
import { Icon } from '../ui/icon.tsx';
import { readPages } from './read-pages.ts';
import type { ListedOrder, PageOfOrders } from './use-orders.ts';

const HEADER = [
  'orderId',
  'customerId',
  'status',
  'parked',
  'total',
  'currency',
  'units',
  'paymentMethod',
  'paymentStatus',
  'shipmentStatus',
  'reason',
  'createdAt',
  'updatedAt',
];
const PAGE = 100;
const EXPORT = 'export';

/** The orders, with exact amounts and times in UTC, under the names that the API gives them; empty where a list does not say it. */
export const ordersAsCsv = (orders: readonly ListedOrder[]): string =>
  csvOf(
    HEADER,
    orders.map((order) => [
      order.orderId,
      order.customerId,
      order.status,
      order.parked,
      decimalOf(order.total),
      order.total.currency,
      order.units,
      order.paymentMethod ?? '',
      order.paymentStatus ?? '',
      order.shipmentStatus ?? '',
      order.reason ?? '',
      order.createdAt,
      order.updatedAt,
    ]),
  );

/** Reads every page of what is shown, and hands it over as a file. */
export function ExportMenu({
  pathOf,
}: {
  /** The path of a page. */
  readonly pathOf: (cursor: string | undefined, limit: number) => string;
}) {
  const { t, locale } = useWords();
  const api = useApi();
  const client = useQueryClient();
  const [read, setRead] = useState<number>();
  const [isFailed, setFailed] = useState(false);
  const stopping = useRef<AbortController>(undefined);

  const page = (path: string) =>
    client.fetchQuery({
      queryKey: [EXPORT, path],
      queryFn: ({ signal }) => api.get<PageOfOrders>(path, signal),
      retry: retryOfMany,
      gcTime: 0,
      staleTime: 0,
    });
  const stopReading = () => {
    stopping.current?.abort();
    void client.cancelQueries({ queryKey: [EXPORT] });
  };
  const exportAs = async (name: string, type: string, textOf: (orders: readonly ListedOrder[]) => string) => {
    const stop = new AbortController();
    stopping.current = stop;
    setFailed(false);
    setRead(0);
    try {
      const orders = await readPages((cursor) => page(pathOf(cursor, PAGE)), setRead, stop.signal);
      if (!stop.signal.aborted) download(name, type, textOf(orders));
    } catch {
      setFailed(!stop.signal.aborted);
    }
    setRead(undefined);
  };

  if (read !== undefined) {
    return (
      <span className="row" role="status">
        <span className="quiet">{t('export.asked', { n: read.toLocaleString(locale) })}</span>
        <Button variant="default" size="xs" onClick={stopReading}>
          {t('export.stop')}
        </Button>
      </span>
    );
  }
  return (
    <>
      {isFailed && <span role="alert">{t('export.failed')}</span>}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<Icon name="export" />}>
            {t('export.all')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void exportAs('orders.csv', 'text/csv', ordersAsCsv)}>{t('export.csv')}</Menu.Item>
          <Menu.Item
            onClick={() =>
              void exportAs('orders.json', 'application/json', (orders) => JSON.stringify(orders, undefined, 2))
            }
          >
            {t('export.json')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
