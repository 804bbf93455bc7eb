import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import type { FunctionDefinition } from '../../../../local/lambda/function-definition.ts';
import { lambdaResources } from '../../../../local/lambda/resources.ts';
import { LOCATION, makerOf } from '../resource-making.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';
const ROLE = 'arn:aws:iam::000000000000:role/work-role';

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

function functionMaker() {
  const calls: (readonly [FunctionDefinition, string])[] = [];
  const more: unknown[][] = [];
  const resources = lambdaResources(
    {
      define: (definition, roleArn) => void calls.push([definition, roleArn]),
      publish: (...call) => void more.push(['publish', ...call]),
      addAlias: (...call) => void more.push(['addAlias', ...call]),
      configureAsync: (...call) => void more.push(['configureAsync', ...call]),
    },
    LOCATION,
  );
  return { make: makerOf(resources), calls, more };
}

describe('A function', () => {
  test('runs the module of its asset, with Lambda’s presets', async () => {
    const { make, calls } = functionMaker();
    expect(await make('AWS::Lambda::Function', described, code())).toEqual({
      ref: 'work',
      attributes: { Arn: FUNCTION },
    });
    expect(calls).toEqual([
      [
        {
          functionName: 'work',
          arn: FUNCTION,
          handlerFile: path.join(folder, 'index.mjs'),
          handlerExport: 'handler',
          timeoutMs: 3_000,
          memoryMb: 128,
          environment: {},
          told: { handler: 'index.handler' },
        },
        ROLE,
      ],
    ]);
  });

  test('has what the template says', async () => {
    const { make, calls } = functionMaker();
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
    expect(calls[0]![0]).toMatchObject({
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
      functionMaker().make('AWS::Lambda::Function', { ...described, ...properties }, code()),
    ).rejects.toThrow(said);
  });

  test('has versions and aliases that others can refer to', async () => {
    const { make, more } = functionMaker();
    expect(await make('AWS::Lambda::Version', { FunctionName: 'work' })).toEqual({
      ref: `${FUNCTION}:1`,
      attributes: { Version: '1', FunctionArn: `${FUNCTION}:1` },
    });
    expect((await make('AWS::Lambda::Alias', { FunctionName: FUNCTION, Name: 'live' })).ref).toBe(`${FUNCTION}:live`);
    expect(more).toEqual([
      ['publish', FUNCTION],
      ['addAlias', FUNCTION, 'live'],
    ]);
  });

  test('is invoked asynchronously as its configuration says', async () => {
    const { make, more } = functionMaker();
    await make('AWS::Lambda::EventInvokeConfig', {
      FunctionName: 'work',
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: '60',
      DestinationConfig: { OnFailure: { Destination: 'arn:queue' } },
    });
    expect(more).toEqual([
      ['configureAsync', FUNCTION, { maximumRetryAttempts: 1, maximumEventAgeSeconds: 60, onFailureArn: 'arn:queue' }],
    ]);
    await expect(
      make('AWS::Lambda::EventInvokeConfig', { FunctionName: 'work', MaximumRetryAttempts: 3 }),
    ).rejects.toThrow('MaximumRetryAttempts is a whole number from 0 to 2, got 3.');
  });
});
