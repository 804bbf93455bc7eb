import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { functionsOnDisk } from './functions-on-disk.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'replacing-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Answers when there is a file of the name. */
const waitsFor = (file: string) => `
  import { existsSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  export const handler = async () => { while (!existsSync('${file}')) await sleep(5); return 'old'; };`;

test('New invocations run the new code, and those under way or waiting end on the code that they began with', async () => {
  await using functions = await functionsOnDisk(new VirtualClock(), { workersPerFunction: 1 });
  const go = path.join(folder, 'go');
  await functions.define('App-F', waitsFor(go));
  const [underWay, waiting] = [functions.call('App-F'), functions.call('App-F')];

  const asset = path.join(folder, 'asset');
  await mkdir(asset);
  await writeFile(path.join(asset, 'index.mjs'), "export const handler = async () => 'new';");
  await functions.lambda.updates['AWS::Lambda::Function']!({
    stack: 'App',
    logicalId: 'F',
    type: 'AWS::Lambda::Function',
    properties: { Handler: 'index.handler', Role: 'arn:role', Code: { S3Key: 'new.zip' } },
    assets: new Map([['new.zip', asset]]),
  });
  expect(await functions.call('App-F')).toEqual({ answer: 'new', failed: false });

  await writeFile(go, '');
  expect(await Promise.all([underWay, waiting])).toEqual([
    { answer: 'old', failed: false },
    { answer: 'old', failed: false },
  ]);
});
