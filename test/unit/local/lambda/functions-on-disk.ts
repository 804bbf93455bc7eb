import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../../local/contracts.ts';
import type { FunctionDefinition } from '../../../../local/lambda/function-definition.ts';
import type { LambdaOptions } from '../../../../local/lambda/options.ts';
import { LambdaService } from '../../../../local/lambda/service.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';

export interface FunctionsOnDisk extends AsyncDisposable {
  readonly lambda: LambdaService;
  readonly ctx: TestContext;
  /** Writes `source` as the function's bundle and defines the function. */
  define(functionName: string, source: string, overrides?: Partial<FunctionDefinition>): Promise<void>;
  /** Invokes with a JSON value and parses the answer. */
  call(functionName: string, event?: unknown): Promise<{ answer: unknown; failed: boolean }>;
  /** The function's log, after everything has stopped. */
  logOf(functionName: string): Promise<string>;
}

/** A Lambda service in a folder of its own, whose functions are written by the test. */
export async function functionsOnDisk(clock: Clock, options: Partial<LambdaOptions> = {}): Promise<FunctionsOnDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-'));
  const ctx = testContext(clock);
  const lambda = new LambdaService(ctx, {
    endpointUrl: 'http://127.0.0.1:4566',
    logDir: join(folder, 'logs'),
    iam: {
      addFunction: () => {},
      credentialsFor: (name) => ({ accessKeyId: `KEY-${name}`, secretAccessKey: 'secret' }),
      authoriseFunction: () => {},
    },
    deliver: async () => {},
    ...options,
  });
  return {
    lambda,
    ctx,
    async define(functionName, source, overrides = {}) {
      const handlerFile = join(folder, `${functionName}.mjs`);
      await writeFile(handlerFile, source);
      lambda.define({
        functionName,
        arn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
        handlerFile,
        handlerExport: 'handler',
        timeoutMs: 10_000,
        memoryMb: 128,
        environment: {},
        ...overrides,
      });
    },
    async call(functionName, event = {}) {
      const { payload, functionError } = await lambda.invoke(functionName, JSON.stringify(event));
      return { answer: JSON.parse(payload), failed: functionError !== undefined };
    },
    async logOf(functionName) {
      await lambda.close();
      return readFile(join(folder, 'logs', `${functionName}.log`), 'utf8');
    },
    async [Symbol.asyncDispose]() {
      await lambda.close();
      await rm(folder, { recursive: true });
    },
  };
}
