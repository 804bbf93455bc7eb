import type { Construct } from 'constructs';
import { browseOrders, countOrders, listParcels } from '../../../functions/orders/routes.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import type { Platform } from '../../constructs/platform.ts';
import type { WaybillTable } from '../../constructs/waybill-table.ts';

/** What lists are read from. */
export interface ListTables {
  readonly orderView: WaybillTable;
  readonly orderSearch: WaybillTable;
}

/** All orders, for those who look after them. */
export class OrderLists extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, { orderView, orderSearch }: ListTables) {
    super(scope, id, platform);
    for (const handler of [this.endpoint(browseOrders), this.endpoint(listParcels)]) {
      orderSearch.grantTo(handler, 'Query');
      // Listed orders are shown as their views are now.
      orderView.grantTo(handler, 'BatchGetItem');
    }
    orderSearch.grantTo(this.endpoint(countOrders), 'Query');
  }
}
