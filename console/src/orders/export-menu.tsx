import { Button, Menu } from '@mantine/core';
import { download } from '../format/download.ts';
import { csvOf } from '../format/files.ts';
import { decimalOf } from '../format/money.ts';
import { useWords } from '../i18n/context.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ListedOrder } from './use-orders.ts';

const HEADER = ['orderId', 'customerId', 'status', 'parked', 'total', 'currency', 'units', 'createdAt', 'updatedAt'];

/** The orders that are shown, with exact amounts and times in UTC, under the names that the API gives them. */
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
      order.createdAt,
      order.updatedAt,
    ]),
  );

export function ExportMenu({ orders }: { readonly orders: readonly ListedOrder[] }) {
  const { t } = useWords();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<Icon name="export" />} disabled={orders.length === 0}>
          {t('export.label', { n: orders.length })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => download('orders.csv', 'text/csv', ordersAsCsv(orders))}>{t('export.csv')}</Menu.Item>
        <Menu.Item onClick={() => download('orders.json', 'application/json', JSON.stringify(orders, undefined, 2))}>
          {t('export.json')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
