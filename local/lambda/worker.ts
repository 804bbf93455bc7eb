/**
 * The body of a worker thread: imports one function's bundle and runs one invocation at a time, in the way of
 * Lambda's own Node runtime. Everything it needs arrives as worker data and messages; its `process.env` is its own.
 */

import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isNativeError } from 'node:util/types';
import { parentPort, workerData } from 'node:worker_threads';
import type { OpenShortcut } from '../shortcut.ts';
import { Gathered } from './gathered.ts';
import type { FunctionFailure, InvokeMessage, Spent, WorkerData } from './protocol.ts';
import { sendSdkRequestsThrough } from './sdk-requests.ts';

type Handler = (event: unknown, context: object) => unknown;

const { handlerFile, handlerExport, functionName, functionArn, memoryMb, endpoint } = workerData as WorkerData;
const port = parentPort!;
// It was for Node, which has read it; functions see only what Lambda gives them.
delete process.env['NODE_COMPILE_CACHE'];
const EXIT_AFTER_UNCAUGHT_ERROR = 129;

const gathered = new Gathered((message) => port.postMessage(message));
process.on('exit', () => gathered.flush());

/** A stream's `write` with its optional encoding and callback. */
function writeLikeAStream(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
  const written = rest.at(-1);
  gathered.write(chunk);
  if (typeof written === 'function') queueMicrotask(written as () => void);
  return true;
}
process.stdout.write = writeLikeAStream;
process.stderr.write = writeLikeAStream;

const failure = (errorType: string, errorMessage: string, trace: readonly string[] = []): FunctionFailure => ({
  errorType,
  errorMessage,
  trace,
});

function describe(thrown: unknown): FunctionFailure {
  if (isNativeError(thrown) || thrown instanceof Error) {
    return failure(thrown.name, thrown.message, thrown.stack?.split('\n') ?? []);
  }
  return failure(typeof thrown, String(thrown));
}

let startedAt = 0;
let processorAt: NodeJS.CpuUsage = { user: 0, system: 0 };
function spent(): Spent {
  const { user, system } = process.threadCpuUsage(processorAt);
  return { durationMs: performance.now() - startedAt, processorMs: (user + system) / 1_000 };
}

function fail(reason: FunctionFailure, kind: 'failed' | 'dying' = 'failed'): void {
  const payload = JSON.stringify(reason);
  gathered.write(`ERROR\tInvoke Error\t${payload}\n`);
  gathered.post({ kind, payload, ...spent() });
}

async function run(handler: Handler, { requestId, event: text, deadlineAt }: InvokeMessage): Promise<void> {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return gathered.post({ kind: 'unparsable' });
  }
  startedAt = performance.now();
  processorAt = process.threadCpuUsage();
  gathered.write(`START RequestId: ${requestId} Version: $LATEST\n`);
  let answer: unknown;
  try {
    answer = await handler(event, contextOf(requestId, deadlineAt));
  } catch (thrown) {
    return fail(describe(thrown));
  }
  let payload: string | undefined;
  try {
    payload = JSON.stringify(answer === undefined ? null : answer);
  } catch (thrown) {
    return fail(failure('Runtime.MarshalError', `Unable to stringify response body: ${describe(thrown).errorMessage}`));
  }
  if (payload === undefined) {
    return fail(failure('Runtime.MarshalError', `Unable to stringify response body: a ${typeof answer} is not JSON`));
  }
  gathered.post({ kind: 'done', payload, ...spent() });
}

function contextOf(awsRequestId: string, deadlineAt: number): object {
  return {
    awsRequestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineAt - Date.now()),
  };
}

async function openShortcut({ module, data }: { readonly module: string; readonly data: unknown }) {
  const { open } = (await import(module)) as { readonly open: OpenShortcut<unknown, unknown> };
  return open(data, process.env['AWS_ACCESS_KEY_ID']!, (report) => gathered.report(report));
}

async function load(): Promise<Handler | FunctionFailure> {
  let loaded: Record<string, unknown>;
  try {
    loaded = (await import(pathToFileURL(handlerFile).href)) as Record<string, unknown>;
  } catch (thrown) {
    const { errorType, errorMessage, trace } = describe(thrown);
    return failure('Runtime.ImportModuleError', `${errorType}: ${errorMessage}`, trace);
  }
  const handler = loaded[handlerExport];
  if (typeof handler !== 'function') {
    return failure('Runtime.HandlerNotFound', `${handlerExport} is undefined or not exported`);
  }
  if (handler.length >= 3) {
    return failure(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Make the handler async.',
    );
  }
  return handler as Handler;
}

function dieOf(reason: FunctionFailure): void {
  fail(reason, 'dying');
  process.exit(EXIT_AFTER_UNCAUGHT_ERROR);
}
process.on('uncaughtException', (thrown) => dieOf(describe(thrown)));
process.on('unhandledRejection', (reason) => {
  const { errorType, errorMessage, trace } = describe(reason);
  dieOf(failure('Runtime.UnhandledPromiseRejection', `${errorType}: ${errorMessage}`, trace));
});

if (endpoint !== undefined) {
  const { port, url, shortcut } = endpoint;
  sendSdkRequestsThrough(port, url, shortcut && (await openShortcut(shortcut)));
}
const loaded = await load();
if (typeof loaded === 'function') {
  port.on('message', (message: InvokeMessage) => void run(loaded, message));
  gathered.post({ kind: 'ready' });
  // A worker is ended at once, so that it would never write at its end what Node writes there.
  flushCompileCache();
} else {
  gathered.post({ kind: 'init-failed', error: JSON.stringify(loaded) });
  process.exit(1);
}
