import { type CfnElement, Stack } from 'aws-cdk-lib';
import { uniqueIdOf } from '../constructs/group.ts';

/** A stack whose resources keep their logical ids whatever group they are in, such as a bounded context. */
export class WaybillStack extends Stack {
  protected override allocateLogicalId(element: CfnElement): string {
    return uniqueIdOf(element, element.node.scopes.indexOf(this) + 1);
  }
}
