import type { Construct } from 'constructs';
import { DEAD_LETTERS_TABLE, MAX_RECEIVES_VARIABLE } from '../../functions/shared/dead-letters/tables.ts';
import { environmentOf } from '../stages/environment.ts';
import { tell } from './grant.ts';
import { Group } from './group.ts';
import type { WaybillFunction } from './waybill-function.ts';
import { WaybillTable } from './waybill-table.ts';

const ID = 'DeadLetterFile';
const DATA = 'Stateful';

/** Where dead letters are filed: the table that each queue's consumer notes its last error in. */
export class DeadLetterFile extends Group {
  readonly table: WaybillTable;

  /** The one of the environment, which the platform makes. @returns undefined where there is no platform */
  static of(scope: Construct): DeadLetterFile | undefined {
    const data = scope.node.root.node.tryFindChild(`${environmentOf(scope).prefix}-${DATA}`);
    return data?.node.tryFindChild(ID) as DeadLetterFile | undefined;
  }

  constructor(data: Construct) {
    super(data, ID);
    this.table = new WaybillTable(this, 'DeadLetters', DEAD_LETTERS_TABLE);
  }

  /** Lets a consumer note why it gives up on a message, and that one which was resent is handled. */
  grantNote(consumer: WaybillFunction, maxReceives: number): void {
    this.table.grantTo(consumer, 'UpdateItem');
    tell(consumer, { [MAX_RECEIVES_VARIABLE]: String(maxReceives) });
  }
}
