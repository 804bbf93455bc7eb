import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepAssets, removeOtherAssets } from '../../../../local/assembly/keep-assets.ts';
import type { Stack } from '../../../../local/assembly/template.ts';

let dir: string;
let kept: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assets-'));
  kept = path.join(dir, 'kept');
});
afterEach(() => rmSync(dir, { recursive: true }));

/** An assembly's folder with one module, at the object key. */
function asset(key: string, code: string): [string, string] {
  const folder = path.join(dir, 'cdk.out', `asset.${key}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.mjs'), code);
  return [key, folder];
}

const stackUsing = (key: string, ...assets: [string, string][]): Stack => ({
  name: 'App',
  template: {
    Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: key } } } },
  },
  assets: new Map(assets),
});

const codeOf = ([stack]: Stack[], key: string) => readFileSync(path.join(stack!.assets.get(key)!, 'index.mjs'), 'utf8');

test('The assets that a stack refers to stay when the assembly is gone; others are not copied', () => {
  const stacks = keepAssets([stackUsing('used.zip', asset('used.zip', 'one'), asset('template.json', 'other'))], kept);
  rmSync(path.join(dir, 'cdk.out'), { recursive: true });
  expect(codeOf(stacks, 'used.zip')).toBe('one');
  expect(readdirSync(kept)).toEqual(['used.zip']);
});

test('A key names its content: what is there is not copied again, also when the assembly no longer has it', () => {
  const stacks = [stackUsing('used.zip', asset('used.zip', 'one'))];
  keepAssets(stacks, kept);
  rmSync(path.join(dir, 'cdk.out'), { recursive: true });
  expect(codeOf(keepAssets(stacks, kept), 'used.zip')).toBe('one');
});

test('A copy that was cut short is made again, and one that nothing refers to any more goes', () => {
  keepAssets([stackUsing('old.zip', asset('old.zip', 'old'))], kept);
  mkdirSync(path.join(kept, 'new.zip.part'));
  const stacks = keepAssets([stackUsing('new.zip', asset('new.zip', 'new'))], kept);
  expect(codeOf(stacks, 'new.zip')).toBe('new');
  removeOtherAssets(stacks, kept);
  expect(readdirSync(kept)).toEqual(['new.zip']);
});

test('Keys with folders in them stay below the folder', () => {
  const stacks = keepAssets([stackUsing('app/../code.zip', asset('app/../code.zip', 'one'))], kept);
  expect(codeOf(stacks, 'app/../code.zip')).toBe('one');
  expect(readdirSync(kept)).toEqual(['app%2F..%2Fcode.zip']);
});

test('An asset that the assembly lacks is named', () => {
  expect(() => keepAssets([stackUsing('lost.zip', ['lost.zip', path.join(dir, 'nowhere')])], kept)).toThrow(
    /lost\.zip is missing from the assembly.*Synthesize/,
  );
});
