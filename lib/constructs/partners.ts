import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { PARTNER_TABLES } from '../../functions/shared/outbound/tables.ts';
import { Group } from './group.ts';
import { WaybillTable } from './waybill-table.ts';

/** What all function instances know together of our partners: their circuits, their instances and the timers of waiting orders. */
export class Partners extends Group {
  readonly table: WaybillTable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new WaybillTable(this, 'Partners', PARTNER_TABLES.partners);
  }

  /** Reads everything about a partner at once. */
  grantRead(reader: LambdaFunction): void {
    this.table.grantTo(reader, 'Query');
  }

  /** Calls partners: reads everything about a partner, and changes its circuit. */
  grantCall(caller: LambdaFunction): void {
    this.table.grantTo(caller, 'Query', 'UpdateItem');
  }
}
