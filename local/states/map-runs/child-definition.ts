import type { MapState } from '../definition.ts';

/** Seconds that an execution of type EXPRESS may take. */
const EXPRESS_SECONDS = 300;

/** The definition of the executions of a distributed Map: its item processor as a machine of its own. */
export function childDefinition({ ItemProcessor }: MapState): string {
  const { ProcessorConfig, ...machine } = ItemProcessor;
  const limit = ProcessorConfig?.ExecutionType === 'EXPRESS' ? { TimeoutSeconds: EXPRESS_SECONDS } : {};
  return JSON.stringify({ ...machine, QueryLanguage: 'JSONata', ...limit });
}
