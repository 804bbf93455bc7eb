import type { JsonObject, ServiceContext } from '../contracts.ts';
import type { DynamoDbProxy } from './proxy.ts';

export interface TableArns {
  readonly arn: string;
  /** Present when the table has a stream. */
  readonly streamArn?: string;
}

/** Makes tables as `AWS::DynamoDB::Table` resources describe them. */
export class TableProvider {
  constructor(_ctx: Pick<ServiceContext, 'warn'>, _proxy: DynamoDbProxy) {}

  /** `properties` are the resource's, with every intrinsic function resolved. @throws Error when its key schema or an attribute it keys on has changed. */
  async ensureTable(_properties: JsonObject, _physicalName: string): Promise<TableArns> { throw new Error('in work'); }
}
