import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { PARTNER_TABLES } from '../../functions/shared/outbound/tables.ts';
import type { ConfigurationParameter } from './configuration-parameter.ts';
import { Group } from './group.ts';
import { WaybillTable } from './waybill-table.ts';

export interface PartnersProps {
  /** The settings for calls to each partner. */
  readonly configuration: ConfigurationParameter;
}

/** What all function instances know together of our partners: their circuits and their instances. */
export class Partners extends Group {
  readonly table: WaybillTable;
  readonly #configuration: ConfigurationParameter;

  constructor(scope: Construct, id: string, { configuration }: PartnersProps) {
    super(scope, id);
    this.#configuration = configuration;
    this.table = new WaybillTable(this, 'Partners', PARTNER_TABLES.partners);
  }

  /** Reads everything about a partner at once. */
  grantRead(reader: LambdaFunction): void {
    this.table.grantTo(reader, 'Query');
  }

  /** Calls partners as the configuration says: reads everything about a partner, and changes its circuit. */
  grantCall(caller: LambdaFunction): void {
    this.#configuration.grantRead(caller);
    this.table.grantTo(caller, 'Query', 'UpdateItem');
  }
}
