import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../../lib/functions.ts';

interface Answer {
  readonly path: string;
  readonly content: unknown;
}

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** Lets the loop run a handler for some events, as Lambda's Runtime API does, until it has answered all of them or ended. @returns what it sent, in order */
async function answersOf(handler: string, events: readonly unknown[]): Promise<readonly Answer[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bootstrap-'));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  copyFileSync(path.join(PROJECT_ROOT, 'lib/emulator/bootstrap.mjs'), path.join(folder, 'bootstrap.mjs'));
  writeFileSync(path.join(folder, 'index.mjs'), handler);
  const answers: Answer[] = [];
  const waiting = [...events];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const server: Server = createServer((request, response) => {
    if (request.method === 'POST') {
      void text(request).then((body) => {
        answers.push({ path: request.url!.replace(/^\/(2018-06-01\/runtime\/)?/, ''), content: JSON.parse(body) });
        response.writeHead(202).end();
        if (answers.length === events.length || request.url!.endsWith('/init/error')) resolve();
      });
      return;
    }
    if (waiting.length === 0) return;
    response.writeHead(200, {
      'lambda-runtime-aws-request-id': `r${events.length - waiting.length + 1}`,
      'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:f',
      'lambda-runtime-trace-id': 'Root=1-2-3',
    });
    response.end(JSON.stringify(waiting.shift()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [path.join(folder, 'bootstrap.mjs')], {
    env: {
      AWS_LAMBDA_RUNTIME_API: address,
      AWS_ENDPOINT_URL: `http://${address}`,
      AWS_LAMBDA_FUNCTION_NAME: 'f',
    },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit').then(() => resolve());
  cleanUps.push(async () => {
    child.kill();
    await exited;
    server.closeAllConnections();
    server.close();
  });
  await done;
  return answers;
}

describe('The loop of a custom runtime', () => {
  test('hands each event and its context to the handler, one after the other', async () => {
    const handler = `export const handler = async (event, context) => ({
      event, id: context.awsRequestId, arn: context.invokedFunctionArn, name: context.functionName,
      trace: process.env._X_AMZN_TRACE_ID, inTime: context.getRemainingTimeInMillis() > 50_000 });`;
    const common = {
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      name: 'f',
      trace: 'Root=1-2-3',
      inTime: true,
    };
    expect(await answersOf(handler, [{ n: 1 }, ['two']])).toEqual([
      { path: 'invocation/r1/response', content: { event: { n: 1 }, id: 'r1', ...common } },
      { path: 'invocation/r2/response', content: { event: ['two'], id: 'r2', ...common } },
    ]);
  });

  test('tells the name of an error, by which a saga retries and catches, and goes on with the next event', async () => {
    const handler = `export const handler = async (event) => {
      if (event === 'bad') throw Object.assign(new Error('no stock'), { name: 'OutOfStock' });
      if (event === 'odd') throw 'a text';
    };`;
    expect(await answersOf(handler, ['bad', 'odd', 'good'])).toEqual([
      {
        path: 'invocation/r1/error',
        content: { errorType: 'OutOfStock', errorMessage: 'no stock', trace: expect.arrayContaining([]) },
      },
      { path: 'invocation/r2/error', content: { errorType: 'string', errorMessage: 'a text', trace: [] } },
      { path: 'invocation/r3/response', content: null },
    ]);
  });

  test('says what is wrong with a module that does not load', async () => {
    expect(await answersOf(`throw new TypeError('broken');`, [{}])).toEqual([
      { path: 'init/error', content: expect.objectContaining({ errorType: 'TypeError', errorMessage: 'broken' }) },
    ]);
  });

  describe('that is asked to end', () => {
    /** @param then what the handler does afterwards */
    const asked = (then: string, event: unknown) =>
      answersOf(
        `export const handler = async () => { process.kill(process.pid); await new Promise((go) => setTimeout(go, 200)); ${then} };`,
        [event],
      );

    test('lets an invocation end for whose token a state waits', async () => {
      const registers = `await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', body: '"the token is known"' });`;
      expect(await asked(registers, { taskToken: 't' })).toContainEqual({ path: '', content: 'the token is known' });
    });

    test('tells that state of what fails, or takes too long', async () => {
      const of = (error: string) => ({ path: '', content: expect.objectContaining({ taskToken: 't', error }) });
      const [failed, late] = await Promise.all([
        asked(`throw Object.assign(new Error('no'), { name: 'OutOfStock' });`, { taskToken: 't' }),
        asked('await new Promise(() => {});', { taskToken: 't' }),
      ]);
      expect(failed).toContainEqual(of('OutOfStock'));
      expect(late).toEqual([of('Sandbox.Timedout')]);
    });

    test('ends at once otherwise', async () => {
      expect(await asked('await new Promise(() => {});', {})).toEqual([]);
    });
  });
});
