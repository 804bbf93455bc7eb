import { CfnOutput, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api, type ApiProps } from '../constructs/api.ts';
import { WaybillStack } from './waybill-stack.ts';

export type ApiStackProps = StackProps & ApiProps;

/** The HTTP API in front of the contexts: about three resources for each of its routes, so that it has a stack of its own. */
export class ApiStack extends WaybillStack {
  /** By which metrics know the API. */
  readonly apiName: string;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { url, name } = new Api(this, 'Api', props);
    this.apiName = name;
    new CfnOutput(this, 'ApiUrl', { value: url });
  }
}
