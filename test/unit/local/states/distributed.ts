import type { JsonObject } from '../../../../local/contracts.ts';
import type { Engine } from './engine.ts';

/** A state that is a distributed Map with the label `Each`, and ends the machine unless the fields say otherwise. */
export const distributed = (
  states: JsonObject,
  fields: JsonObject = {},
  ExecutionType: 'STANDARD' | 'EXPRESS' = 'STANDARD',
): { readonly Each: JsonObject } => ({
  Each: {
    Type: 'Map',
    Label: 'Each',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
      StartAt: Object.keys(states)[0]!,
      States: states,
    },
    ...('Next' in fields ? {} : { End: true }),
    ...fields,
  },
});

/** The only map run of an execution, as DescribeMapRun tells it. */
export async function runOf(engine: Engine, executionArn: string): Promise<JsonObject> {
  const { mapRuns } = await engine.call('ListMapRuns', { executionArn });
  const [{ mapRunArn }] = mapRuns as [{ readonly mapRunArn: string }];
  return engine.call('DescribeMapRun', { mapRunArn });
}
