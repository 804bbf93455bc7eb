import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import type { EventTarget } from '../../../../local/event-source.ts';
import { EventSourcesService } from '../../../../local/event-sources/service.ts';
import { IamService } from '../../../../local/iam/service.ts';
import type { Service } from '../../../../local/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';
import { grant } from '../iam/grant.ts';
import { makerOf } from '../resource-making.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';

/** Mappings from queues, for the function `work` whose role allows these actions. */
function mappings(...actions: string[]) {
  const context = testContext(new VirtualClock());
  const iam = new IamService(context);
  iam.addFunction('work', 'arn:aws:iam::000000000000:role/work-role');
  for (const action of actions) grant(iam, 'work-role', action, '*');
  const started: string[] = [];
  const closed: string[] = [];
  const sqs: Service = {
    name: 'sqs',
    eventSource: {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      check: async () => {},
      map: ({ properties }) => {
        const source = properties.EventSourceArn as string;
        return ({ functionArn }: EventTarget) => {
          started.push(`${source} ${functionArn}`);
          return { close: async () => void closed.push(source) };
        };
      },
    },
  };
  const service = new EventSourcesService(context, {
    sources: [sqs],
    invoker: fakeInvoker({}),
    deliver: async () => {},
    iam,
  });
  const map = (properties: JsonObject) =>
    makerOf(service.resources)('AWS::Lambda::EventSourceMapping', { FunctionName: 'work', ...properties });
  return { service, map, started, closed };
}

describe('An event source mapping', () => {
  test('starts when everything is made, and once, and ends with the runtime', async () => {
    const { service, map, started, closed } = mappings('sqs:*');
    expect(await map({ EventSourceArn: QUEUE })).toEqual({ ref: 'Shop-Thing', attributes: { Id: 'Shop-Thing' } });
    expect(started).toEqual([]);
    service.resume();
    service.resume();
    expect(started).toEqual([`${QUEUE} ${FUNCTION}`]);
    await service.close();
    expect(closed).toEqual([QUEUE]);
  });

  test('that is disabled does not start', async () => {
    const { service, map, started } = mappings('*');
    await map({ EventSourceArn: QUEUE, Enabled: false });
    service.resume();
    expect(started).toEqual([]);
  });

  test('whose function may not read the source is refused, as on AWS', async () => {
    const { service, map } = mappings('sqs:ReceiveMessage');
    await map({ EventSourceArn: QUEUE });
    expect(() => service.resume()).toThrow(/work-role\/work is not authorized to perform: sqs:DeleteMessage/);
  });

  test('that reads another kind of source, or in windows of time, is refused', async () => {
    const { map } = mappings('*');
    await expect(map({ EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s' })).rejects.toThrow('kinesis');
    await expect(map({ EventSourceArn: QUEUE, TumblingWindowInSeconds: 5 })).rejects.toThrow('TumblingWindowInSeconds');
  });
});
