import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../local/contracts.ts';
import { recordingServices } from './recording-services.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';
const ROLE = 'arn:aws:iam::000000000000:role/work-role';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/log/stream/2026';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'asset-'));
  writeFileSync(path.join(folder, 'index.mjs'), 'export const handler = () => 1;');
});
afterAll(() => rmSync(folder, { recursive: true }));

const code = () => ({ assets: new Map([['code.zip', folder]]) });
const described = {
  FunctionName: 'work',
  Handler: 'index.handler',
  Role: ROLE,
  Code: { S3Bucket: 'b', S3Key: 'code.zip' },
};

describe('A function', () => {
  test('runs the module of its asset, with Lambda’s presets', async () => {
    const { make, calls, services } = recordingServices();
    expect(await make('AWS::Lambda::Function', described, code())).toEqual({
      ref: 'work',
      attributes: { Arn: FUNCTION },
    });
    expect(calls).toEqual([
      [
        'lambda.define',
        {
          functionName: 'work',
          arn: FUNCTION,
          handlerFile: path.join(folder, 'index.mjs'),
          handlerExport: 'handler',
          timeoutMs: 3_000,
          memoryMb: 128,
          environment: {},
        },
      ],
    ]);
    expect(services.callers.ofFunction(FUNCTION)).toMatchObject({ functionName: 'work', roleArn: ROLE });
  });

  test('has what the template says', async () => {
    const { make, calls } = recordingServices();
    await make(
      'AWS::Lambda::Function',
      {
        ...described,
        Timeout: 10,
        MemorySize: 512,
        Environment: { Variables: { TABLE: 't' } },
        ReservedConcurrentExecutions: 0,
      },
      code(),
    );
    expect(calls[0]![1]).toMatchObject({
      timeoutMs: 10_000,
      memoryMb: 512,
      environment: { TABLE: 't' },
      reservedConcurrency: 0,
    });
  });

  const refused: readonly (readonly [string, JsonObject, RegExp])[] = [
    ['layers', { Layers: ['arn:layer'] }, /Layers/],
    ['code in the template', { Code: { ZipFile: 'x' } }, /not an asset/],
    ['a module that the asset does not have', { Handler: 'main.handler' }, /main\.handler/],
  ];
  test.each(refused)('with %s is refused', async (_, properties, said) => {
    await expect(
      recordingServices().make('AWS::Lambda::Function', { ...described, ...properties }, code()),
    ).rejects.toThrow(said);
  });

  test('has versions and aliases that others can refer to', async () => {
    const { make } = recordingServices();
    expect(await make('AWS::Lambda::Version', { FunctionName: 'work' })).toEqual({
      ref: `${FUNCTION}:1`,
      attributes: { Version: '1', FunctionArn: `${FUNCTION}:1` },
    });
    expect((await make('AWS::Lambda::Alias', { FunctionName: FUNCTION, Name: 'live' })).ref).toBe(`${FUNCTION}:live`);
  });
});

describe('An event source mapping', () => {
  const withRole = (...actions: string[]) => {
    const recording = recordingServices();
    recording.services.callers.register('work', ROLE);
    recording.services.policies.attach('work-role', { Statement: { Effect: 'Allow', Action: actions, Resource: '*' } });
    return { ...recording, startAll: () => recording.services.onceMade.forEach((start) => start()) };
  };

  test('from a queue starts when everything is made', async () => {
    const { make, calls, startAll } = withRole('sqs:*');
    await make('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: QUEUE,
      FunctionName: 'work',
      BatchSize: 5,
      MaximumBatchingWindowInSeconds: 2,
      ScalingConfig: { MaximumConcurrency: 3 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(calls).toEqual([]);
    startAll();
    expect(calls).toEqual([
      [
        'sqsSource.start',
        {
          queueArn: QUEUE,
          functionArn: FUNCTION,
          batchSize: 5,
          windowMs: 2_000,
          maxConcurrency: 3,
          reportBatchItemFailures: true,
          enabled: true,
        },
      ],
    ]);
  });

  test('from a stream has Lambda’s presets: every record is retried for ever', async () => {
    const { make, calls, startAll } = withRole('dynamodb:*');
    await make('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: STREAM,
      FunctionName: FUNCTION,
      StartingPosition: 'LATEST',
    });
    startAll();
    expect(calls).toEqual([
      [
        'streamSource.start',
        {
          tableStreamArn: STREAM,
          functionArn: FUNCTION,
          batchSize: 100,
          startingPosition: 'LATEST',
          bisect: false,
          maxRetries: -1,
          maxAgeMs: -1,
          reportBatchItemFailures: false,
        },
      ],
    ]);
  });

  test('from a stream has what the template says', async () => {
    const { make, calls, startAll } = withRole('dynamodb:*');
    await make('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: STREAM,
      FunctionName: FUNCTION,
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 7,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    });
    startAll();
    expect(calls[0]![1]).toMatchObject({
      startingPosition: 'TRIM_HORIZON',
      batchSize: 7,
      bisect: true,
      maxRetries: 0,
      maxAgeMs: 60_000,
      onFailureArn: QUEUE,
      reportBatchItemFailures: true,
      filters: [{ eventName: ['INSERT'] }],
    });
  });

  test('that is disabled does not start', async () => {
    const { make, calls, startAll } = withRole('*');
    await make('AWS::Lambda::EventSourceMapping', { EventSourceArn: STREAM, FunctionName: FUNCTION, Enabled: false });
    await make('AWS::Lambda::EventSourceMapping', { EventSourceArn: QUEUE, FunctionName: FUNCTION, Enabled: false });
    startAll();
    expect(calls.map(([call, mapping]) => [call, (mapping as { enabled: boolean }).enabled])).toEqual([
      ['sqsSource.start', false],
    ]);
  });

  test('whose function may not read the source is refused, as on AWS', async () => {
    const { make, startAll } = withRole('sqs:ReceiveMessage');
    await make('AWS::Lambda::EventSourceMapping', { EventSourceArn: QUEUE, FunctionName: FUNCTION });
    expect(startAll).toThrow(/work-role\/work is not authorized to perform: sqs:DeleteMessage/);
  });

  test('that filters messages, or reads another kind of source, is refused', async () => {
    const { make } = withRole('*');
    const mapping = (properties: JsonObject) =>
      make('AWS::Lambda::EventSourceMapping', { FunctionName: FUNCTION, ...properties });
    await expect(mapping({ EventSourceArn: QUEUE, FilterCriteria: { Filters: [] } })).rejects.toThrow('FilterCriteria');
    await expect(mapping({ EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s' })).rejects.toThrow(
      'kinesis',
    );
  });
});
