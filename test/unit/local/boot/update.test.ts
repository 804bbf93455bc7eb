import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BusEvent, boot, type Runtime } from '../../../../local/boot.ts';
import { writeApp } from './app.ts';

let folder: string;
let runtime: Runtime;
const warnings: string[] = [];
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'update-'));
  writeApp(path.join(folder, 'cdk.out'));
  runtime = await boot({
    assemblyDir: path.join(folder, 'cdk.out'),
    port: 0,
    parameters: { Greeting: 'Hello' },
    logDir: path.join(folder, 'logs'),
    warn: (message) => void warnings.push(message),
  });
});
afterEach(async () => {
  await runtime.close();
  rmSync(folder, { recursive: true });
  expect(warnings.splice(0)).toEqual([]);
});

/** The stacks with other text in the templates, and the code with the greeting under another key. */
function changed(replacements: readonly [RegExp, string][], code: (text: string) => string) {
  const stacks = runtime.stacks();
  const source = stacks[0]!.assets.get('code.zip')!;
  const copy = path.join(folder, 'changed');
  cpSync(source, copy, { recursive: true });
  const file = path.join(copy, 'index.mjs');
  writeFileSync(file, code(readFileSync(file, 'utf8')));
  return stacks.map(({ name, template }) => ({
    name,
    template: JSON.parse(
      replacements.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(template)),
    ) as typeof template,
    assets: new Map([['changed.zip', copy]]),
  }));
}

test('Functions and state machines are changed while they work; what is under way ends on what it began with', async () => {
  const ended: BusEvent[] = [];
  const states = new Map<string, string>();
  const done = new Promise<void>((resolve) => {
    runtime.onEvent((event) => {
      if (event.source !== 'aws.states') return;
      if (event.detail.status === 'SUCCEEDED') ended.push(event);
      if (event.detail.status === 'RUNNING' && event.detail.name === 'before') started();
      if (ended.length === 2) resolve();
    });
  });
  let started!: () => void;
  const running = new Promise<void>((resolve) => {
    started = resolve;
  });
  const submit = (id: string) => fetch(`${runtime.url}/jobs`, { method: 'POST', body: JSON.stringify({ id }) });
  await submit('before');
  await running;

  const stacks = changed(
    [
      [/code\.zip/g, 'changed.zip'],
      [/'state': 'done'/g, "'state': 'changed'"],
    ],
    (text) => text.replace('http(202, {})', 'http(202, { changed: true })'),
  );
  expect((await runtime.update(stacks)).beyond).toEqual([]);

  expect(await (await submit('after')).json()).toEqual({ changed: true });
  await done;
  for (const id of ['before', 'after']) {
    const answer = await fetch(`${runtime.url}/jobs/${id}`);
    states.set(id, ((await answer.json()) as { readonly state: string }).state);
  }
  expect(Object.fromEntries(states)).toEqual({ before: 'done', after: 'changed' });
});

test('What needs a start is named, and nothing is changed', async () => {
  const stacks = changed(
    [
      [/NEW_IMAGE/g, 'NEW_AND_OLD_IMAGES'],
      [/code\.zip/g, 'changed.zip'],
    ],
    (text) => text,
  );
  expect((await runtime.update(stacks)).beyond).toEqual(['a change of Jobs (AWS::DynamoDB::Table) in Data']);
  expect(runtime.stacks()[0]!.assets.has('code.zip')).toBe(true);
});
