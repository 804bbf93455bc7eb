#!/bin/sh
//usr/bin/true; trap '' TERM; exec node "$0" "$@"
// The line above is for the shell, to which `//usr/bin/true` is a program: until Node listens, a request to end is not heard, which would end an invocation
// that nobody knows of yet.
// A function's own loop of the Lambda Runtime API, as a custom runtime has one
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html): it takes an invocation, runs the handler, and answers.
import { setTimeout as sleep } from 'node:timers/promises';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const name = process.env.AWS_LAMBDA_FUNCTION_NAME;

const answer = (path, content) => fetch(`${api}/${path}`, { method: 'POST', body: JSON.stringify(content ?? null) });

/** As Lambda tells of an error: a state machine retries and catches by `errorType`. */
const told = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

/**
 * On AWS a state that waits for a token fails when its function does. MiniStack takes no notice of that, and would wait for the token for good: it is told by
 * the token. It checks no signature.
 */
const failTask = (taskToken, { errorType, ...cause }) =>
  fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSStepFunctions.SendTaskFailure',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ taskToken, error: errorType, cause: JSON.stringify({ errorType, ...cause }) }),
  });

/** MiniStack kills a process two seconds after it has asked it to end. */
const TIME_TO_END_MS = 1_500;
/** What has been handed over already comes in that time. */
const ON_ITS_WAY_MS = 50;
/** While an invocation with a token is under way: how it is left, by when it has to be. */
let leave;
/** Resolves with the first invocation. A process is started for one, which waits for it while the module loads. */
let taken;
const first = new Promise((resolve) => {
  taken = resolve;
});

/**
 * On AWS an update of a function lets its invocations end. MiniStack ends their processes, and reports `Runtime.ExitError`; but a state that waits for a token
 * would never hear of it. So an invocation with a token goes on; when it takes too long, its state is told.
 */
process.once('SIGTERM', async () => {
  const askedAt = Date.now();
  await Promise.race([first, sleep(TIME_TO_END_MS)]);
  await sleep(ON_ITS_WAY_MS);
  await leave?.(Math.max(0, TIME_TO_END_MS - (Date.now() - askedAt)));
  process.exit();
});

function contextOf(headers) {
  const deadlineMs = Number(headers.get('lambda-runtime-deadline-ms'));
  return {
    functionName: name,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers.get('lambda-runtime-invoked-function-arn'),
    awsRequestId: headers.get('lambda-runtime-aws-request-id'),
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

const { handler } = await import(new URL('index.mjs', import.meta.url).href).catch(async (error) => {
  await answer('init/error', told(error));
  throw error;
});

/** @throws what the handler throws, of which the state is told that waits for it */
async function result(event, context) {
  if (!event?.taskToken) return handler(event, context);
  const ended = (async () => handler(event, context))();
  leave = async (withinMs) => {
    const late = sleep(withinMs, {
      errorType: 'Sandbox.Timedout',
      errorMessage: `The function was updated, and its invocation did not end within ${withinMs} ms.`,
    });
    const failure = await Promise.race([ended.then(() => undefined, told), late]);
    if (failure) await failTask(event.taskToken, failure).catch(() => {});
  };
  try {
    return await ended;
  } catch (error) {
    await failTask(event.taskToken, told(error));
    throw error;
  } finally {
    leave = undefined;
  }
}

for (;;) {
  const invocation = await fetch(`${api}/invocation/next`);
  const context = contextOf(invocation.headers);
  const trace = invocation.headers.get('lambda-runtime-trace-id');
  if (trace) process.env._X_AMZN_TRACE_ID = trace;
  try {
    const event = await invocation.json();
    const answered = result(event, context);
    taken();
    await answer(`invocation/${context.awsRequestId}/response`, await answered);
  } catch (error) {
    await answer(`invocation/${context.awsRequestId}/error`, told(error));
  }
}
