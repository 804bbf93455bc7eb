import { type CfnEventSourceMapping, EventSourceMapping, type EventSourceMappingOptions } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { WaybillFunction } from './waybill-function.ts';

/**
 * Gives the live version of a function what comes out of a queue or a stream. It names the version in the mapping that is there already, which AWS changes in place: another mapping
 * would begin a stream anew.
 * @param scope has the mapping. @default the function
 */
export function mapTo(
  receiver: WaybillFunction,
  id: string,
  options: EventSourceMappingOptions,
  scope: Construct = receiver,
): EventSourceMapping {
  const mapping = new EventSourceMapping(scope, id, { target: receiver, ...options });
  if (receiver.live !== receiver) {
    (mapping.node.defaultChild as CfnEventSourceMapping).functionName = receiver.live.functionArn;
  }
  return mapping;
}
