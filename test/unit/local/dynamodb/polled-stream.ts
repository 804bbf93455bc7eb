import type { Deliver, Json } from '../../../../local/contracts.ts';
import type { StreamMapping } from '../../../../local/dynamodb/stream-mapping.ts';
import { StreamPoller } from '../../../../local/dynamodb/stream-poller.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { FakeFunction, FakeStream, functionArn, settle, tableStreamArn } from './fake-stream.ts';

/** A stream with the shard `s1` that a test writes, its poller, and the function that gets the records. */
export class PolledStream {
  readonly clock = new VirtualClock();
  readonly ctx = testContext(this.clock);
  /** Replace it before the start to have another stream. */
  stream = new FakeStream(this.clock).openShard('s1');
  /** Replace it to have another function after the next start. */
  fn = new FakeFunction();
  readonly delivered: [arn: string, message: Json][] = [];
  poller: StreamPoller | undefined;
  /** What destinations do. */
  deliver: Deliver = async (arn, message) => void this.delivered.push([arn, JSON.parse(message) as Json]);

  async start(over: Partial<StreamMapping> = {}): Promise<void> {
    this.poller = new StreamPoller(
      this.ctx,
      { proxy: this.stream, invoker: this.fn, deliver: this.deliver },
      { tableStreamArn, functionArn, batchSize: 10, startingPosition: 'TRIM_HORIZON', ...over },
    );
    await settle();
  }

  async restart(over: Partial<StreamMapping> = {}): Promise<void> {
    await this.close();
    await this.start(over);
  }

  async close(): Promise<void> {
    await this.poller?.close();
  }

  /** Makes the function fail for every batch with this key. */
  failsFor(bad: string): void {
    this.fn.answer = (keys) => {
      if (keys.includes(bad)) throw new Error('cannot');
    };
  }

  /** Makes the function report this key as the one that it could not process. */
  reports(bad: string): void {
    this.fn.answer = (keys, { sequenceNumbers }) => ({
      batchItemFailures: keys.includes(bad) ? [{ itemIdentifier: sequenceNumbers[keys.indexOf(bad)] }] : [],
    });
  }
}
