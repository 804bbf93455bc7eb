import { describe, expect, test } from 'vitest';
import type { AwsError, JsonObject } from '../../../../local/contracts.ts';
import { EventSourcesService } from '../../../../local/event-sources/service.ts';
import { IamService } from '../../../../local/iam/service.ts';
import { textOf } from '../../../../local/properties.ts';
import { SqsService } from '../../../../local/sqs/service.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { grant } from '../iam/grant.ts';
import { makerOf } from '../resource-making.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';
const PATH = '/2015-03-31/event-source-mappings/';
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The API over a queue `jobs` and a table's stream, for the function `work`, as the next start has it with the same store. */
function api(store = testContext(new VirtualClock()).store, actions = ['sqs:*', 'dynamodb:*']) {
  const context: TestContext = testContext(new VirtualClock(), store);
  const iam = new IamService(context);
  iam.addFunction('work', 'arn:aws:iam::000000000000:role/work-role');
  for (const action of actions) grant(iam, 'work-role', action, '*');
  const sqs = new SqsService(context, { endpointUrl: 'http://127.0.0.1' });
  const forgotten: string[] = [];
  const dynamodb = {
    name: 'dynamodb',
    eventSource: {
      actions: ['dynamodb:GetRecords'],
      map: () => () => ({ close: async () => {} }),
      check: async () => {},
      forget: (sourceArn: string) => void forgotten.push(sourceArn),
    },
  };
  const batches: number[] = [];
  const service = new EventSourcesService(context, {
    sources: [sqs, dynamodb],
    invoker: {
      invoke: async (_, payload) => {
        batches.push((JSON.parse(payload) as { readonly Records: unknown[] }).Records.length);
        return { statusCode: 200, payload: 'null', executedVersion: '$LATEST' };
      },
    },
    deliver: async () => {},
    iam,
  });
  const ask = async (method: string, path = PATH, body: JsonObject = {}) => {
    const answer = await service.rest({ method, path, headers: {}, body: JSON.stringify(body) })!.answer();
    return { status: answer.status, content: JSON.parse(answer.body) as JsonObject };
  };
  const refused = async (...request: Parameters<typeof ask>) => {
    const { code, message, status } = await ask(...request).then(
      () => ({ code: 'accepted', message: '', status: 0 }),
      (error: AwsError) => error,
    );
    return { code, message, status };
  };
  return { service, sqs, context, batches, forgotten, ask, refused, make: makerOf(service.resources) };
}
const create = async (tested: ReturnType<typeof api>, more: JsonObject = {}) => {
  const { content } = await tested.ask('POST', PATH, { EventSourceArn: QUEUE, FunctionName: 'work', ...more });
  return content.UUID as string;
};
const withQueue = async (tested: ReturnType<typeof api>) => {
  await tested.sqs.handle('CreateQueue', { QueueName: 'jobs' });
  return tested;
};

describe('An event source mapping that a client makes', () => {
  test('is described, works at once, and stays at the next start', async () => {
    const first = await withQueue(api());
    const { status, content } = await first.ask('POST', PATH, {
      EventSourceArn: QUEUE,
      FunctionName: 'work',
      BatchSize: 2,
    });
    expect([status, content]).toEqual([
      202,
      {
        UUID: expect.any(String),
        EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${textOf(content.UUID)}`,
        EventSourceArn: QUEUE,
        FunctionArn: FUNCTION,
        LastModified: expect.any(Number),
        State: 'Creating',
        StateTransitionReason: 'USER_INITIATED',
        BatchSize: 2,
        MaximumBatchingWindowInSeconds: 0,
        FunctionResponseTypes: [],
      },
    ]);
    first.sqs.queues.sendAll(QUEUE, [{ body: '1' }, { body: '2' }, { body: '3' }]);
    await turn();
    expect(first.batches).toEqual([2, 1]);

    await first.service.close();
    const second = api(first.context.store);
    second.service.resume();
    expect((await second.ask('GET', `${PATH}${textOf(content.UUID)}`)).content).toMatchObject({
      State: 'Enabled',
      BatchSize: 2,
    });
    second.sqs.queues.send(QUEUE, '4');
    await turn();
    expect(second.batches).toEqual([1]);
  });

  test('is disabled, enabled, given another batch size, and deleted', async () => {
    const tested = await withQueue(api());
    const one = `${PATH}${await create(tested)}`;
    expect((await tested.ask('PUT', one, { Enabled: false })).content).toMatchObject({
      State: 'Updating',
      BatchSize: 10,
    });
    expect((await tested.ask('GET', one)).content).toMatchObject({ State: 'Disabled' });
    tested.sqs.queues.sendAll(QUEUE, [{ body: '1' }, { body: '2' }]);
    await turn();
    expect(tested.batches).toEqual([]);
    await tested.ask('PUT', one, { Enabled: true, BatchSize: 1 });
    await turn();
    expect(tested.batches).toEqual([1, 1]);
    expect(await tested.ask('DELETE', one)).toMatchObject({ status: 202, content: { State: 'Deleting' } });
    expect(await tested.refused('GET', one)).toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    tested.sqs.queues.send(QUEUE, '3');
    await turn();
    expect(tested.batches).toEqual([1, 1]);
  });

  test('from a stream forgets its position when it is deleted', async () => {
    const tested = api();
    const uuid = await create(tested, { EventSourceArn: STREAM, StartingPosition: 'LATEST' });
    await tested.ask('DELETE', `${PATH}${uuid}`);
    expect(tested.forgotten).toEqual([STREAM]);
  });

  test('is listed beside those of the app, by source and by function', async () => {
    const tested = await withQueue(api());
    await tested.make('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: STREAM,
      FunctionName: 'work',
      StartingPosition: 'LATEST',
    });
    const uuid = await create(tested);
    const listed = async (query: string) =>
      ((await tested.ask('GET', `${PATH}${query}`)).content.EventSourceMappings as JsonObject[]).map(
        ({ UUID }) => UUID,
      );
    expect(await listed('')).toEqual(['Shop-Thing', uuid]);
    expect(await listed(`?EventSourceArn=${encodeURIComponent(QUEUE)}`)).toEqual([uuid]);
    expect(await listed('?FunctionName=work&MaxItems=1')).toEqual(['Shop-Thing']);
    expect(await listed('?FunctionName=other')).toEqual([]);
  });

  test('ends without harm when its queue is deleted', async () => {
    const tested = await withQueue(api());
    await create(tested);
    tested.sqs.queues.send(QUEUE, '1');
    await tested.sqs.handle('DeleteQueue', { QueueUrl: 'http://127.0.0.1/000000000000/jobs' });
    await turn();
    expect(tested.context.warnings).toEqual([`The queue ${QUEUE} was deleted: ${FUNCTION} gets no more of it.`]);
    const next = api(tested.context.store);
    next.service.resume();
    expect(next.context.warnings).toEqual([
      expect.stringMatching(/which a client made, does not start: .*queue does not exist/),
    ]);
  });
});

describe('Lambda refuses a mapping', () => {
  test.each([
    [{ BatchSize: 0 }, 'InvalidParameterValueException', 'BatchSize is a whole number from 1 to 10000, got 0.'],
    [{ BatchSize: 11 }, 'InvalidParameterValueException', 'Maximum batch window in seconds must be greater than 0'],
    [{ Topics: ['t'] }, 'InvalidParameterValueException', 'Topics is nothing that a mapping from sqs has here'],
    [{ FilterCriteria: {} }, 'InvalidParameterValueException', 'FilterCriteria, which this runtime does not have'],
    [{ EventSourceArn: STREAM }, 'InvalidParameterValueException', 'needs StartingPosition'],
    [{ EventSourceArn: `${QUEUE}-2` }, 'InvalidParameterValueException', 'The specified queue does not exist'],
    [
      { EventSourceArn: 'arn:aws:kafka:x:1:c' },
      'InvalidParameterValueException',
      'event sources from sqs and dynamodb',
    ],
    [{ FunctionName: 'other' }, 'InvalidParameterValueException', 'There is no function'],
  ])('with %j', async (more, code, message) => {
    const tested = await withQueue(api());
    const request = { EventSourceArn: QUEUE, FunctionName: 'work', ...more } as JsonObject;
    const refusal = await tested.refused('POST', PATH, request);
    expect(refusal).toMatchObject({ code, status: 400, message: expect.stringContaining(message) });
  });

  test('of a queue that the function has already, and one that its role may not read', async () => {
    const tested = await withQueue(api());
    const uuid = await create(tested);
    const request = { EventSourceArn: QUEUE, FunctionName: FUNCTION };
    expect(await tested.refused('POST', PATH, request)).toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
      message: expect.stringContaining(uuid),
    });
    const powerless = await withQueue(api(undefined, []));
    expect((await powerless.refused('POST', PATH, request)).message).toMatch(
      /not authorized to perform: sqs:ReceiveMessage/,
    );
  });

  test('of the app to be deleted; what a client changes of it holds until the next start, and it is said', async () => {
    const tested = api();
    await tested.make('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: STREAM,
      FunctionName: 'work',
      StartingPosition: 'LATEST',
    });
    tested.service.resume();
    expect(await tested.refused('DELETE', `${PATH}Shop-Thing`)).toMatchObject({ code: 'ResourceInUseException' });
    await tested.ask('PUT', `${PATH}Shop-Thing`, { Enabled: false });
    expect((await tested.ask('GET', `${PATH}Shop-Thing`)).content).toMatchObject({ State: 'Disabled', BatchSize: 100 });
    expect(tested.context.warnings).toEqual([expect.stringContaining('A client changed Shop-Thing')]);
  });
});
