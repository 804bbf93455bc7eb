import { ignored } from '../resource.ts';
import type { Service } from '../service.ts';

/** What the CDK adds to a template for its own statistics. */
export class CdkService implements Service {
  readonly name = 'cdk';
  readonly resources = { 'AWS::CDK::Metadata': ignored };
}
