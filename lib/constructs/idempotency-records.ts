import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { IDEMPOTENCY_TABLES } from '../../functions/shared/edge/tables.ts';
import { Group } from './group.ts';
import { WaybillTable } from './waybill-table.ts';

/** The answers that a repeated request with the same Idempotency-Key gets. */
export class IdempotencyRecords extends Group {
  readonly #table: WaybillTable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#table = new WaybillTable(this, 'Idempotency', IDEMPOTENCY_TABLES.idempotency);
  }

  /** Keeps records of answered requests; the one place where a record is deleted, when its request failed. */
  grantKeep(keeper: LambdaFunction): void {
    // A record that is there comes with the refusal of the put: none is read.
    this.#table.grantTo(keeper, 'PutItem', 'UpdateItem', 'DeleteItem');
  }
}
