import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWords, listed } from '../../../../launch/dev/in-words.ts';
import { withNewCode } from '../../../../launch/dev/new-code.ts';
import type { DeclaredResource, Stack } from '../../../../local/assembly/template.ts';
import { changesOf } from '../../../../local/assembly/update.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'new-code-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function bundle(name: string, code: string): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'index.mjs'), code);
  writeFileSync(path.join(folder, 'index.mjs.map'), name);
  return folder;
}
const lambda = (Description: string, S3Key: string): DeclaredResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Description, Code: { S3Bucket: 'assets', S3Key } },
});

test('A function whose bundle has changed gets the new code, and no other one does', () => {
  const stack: Stack = {
    name: 'App',
    template: {
      Resources: {
        Create: lambda('orders/create', 'a.zip'),
        Get: lambda('orders/get', 'b.zip'),
        List: lambda('orders/list', 'c.zip'),
      },
    },
    assets: new Map([
      ['a.zip', bundle('a', 'one')],
      ['b.zip', bundle('b', 'two')],
      ['c.zip', bundle('c', 'three')],
    ]),
  };
  const changed = bundle('changed', 'another one');
  const stacks = withNewCode(
    [stack],
    new Map([
      ['orders/create', changed],
      ['orders/get', bundle('same', 'two')],
    ]),
  );
  const { inPlace, beyond } = changesOf([stack], stacks, () => true);
  expect(beyond).toEqual([]);
  expect([...inPlace.get('App')!]).toEqual(['Create']);
  const { S3Key } = stacks[0]!.template.Resources.Create!.Properties!.Code as { readonly S3Key: string };
  expect(stacks[0]!.assets.get(S3Key)).toBe(changed);
  expect(inWords(stacks, inPlace)).toBe('orders/create with the new code');
});

test('Long lists are cut', () => {
  expect(listed(['a', 'b'])).toBe('a, b');
  expect(listed(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
});
