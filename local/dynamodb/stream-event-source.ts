import type { Deliver, FunctionInvoker, ServiceContext } from '../contracts.ts';
import type { DynamoDbProxy } from './proxy.ts';
import type { StreamMapping } from './stream-mapping.ts';

export interface StreamEventSourceServices {
  readonly proxy: DynamoDbProxy;
  readonly invoker: FunctionInvoker;
  /** Delivers to `onFailureArn`. */
  readonly deliver: Deliver;
}

/** Hands the records of tables' streams to functions, in order, each at least once. */
export class StreamEventSource {
  constructor(_ctx: ServiceContext, _services: StreamEventSourceServices) {}
  start(_mapping: StreamMapping): void {}
  /** Resolves when no function is under way any more; the rest is taken up by the next run. */
  async close(): Promise<void> {}
}
