import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadAssembly } from '../../../../local/assembly/load.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assembly-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const write = (file: string, content: unknown) => writeFileSync(path.join(dir, file), JSON.stringify(content));
const stackArtifact = (templateFile: string, dependencies: string[], stackName?: string) => ({
  type: 'aws:cloudformation:stack',
  dependencies,
  properties: { templateFile, ...(stackName ? { stackName } : {}) },
});

test('Stacks come after those they depend on, by their deployed names, with the assets of all', () => {
  write('manifest.json', {
    artifacts: {
      App: stackArtifact('app.json', ['Data', 'App.assets']),
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'app.assets.json' } },
      Data: stackArtifact('data.json', [], 'Shop-Data'),
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  });
  write('app.json', { Resources: { F: { Type: 'F' } } });
  write('data.json', { Resources: { T: { Type: 'T' } } });
  write('app.assets.json', {
    files: {
      abc: { source: { path: 'asset.abc', packaging: 'zip' }, destinations: { current: { objectKey: 'abc.zip' } } },
    },
  });

  const stacks = loadAssembly(dir);
  expect(stacks.map(({ name }) => name)).toEqual(['Shop-Data', 'App']);
  expect(stacks[1]!.template.Resources).toEqual({ F: { Type: 'F' } });
  expect(stacks[1]!.assets.get('abc.zip')).toBe(path.join(dir, 'asset.abc'));
});

test('A folder without an assembly, or with one that has no stack, is refused', () => {
  expect(() => loadAssembly(dir)).toThrow(/no cloud assembly in .*Synthesize/);
  write('manifest.json', {
    artifacts: { Nested: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Nested' } } },
  });
  expect(() => loadAssembly(dir)).toThrow(/no stack.*nested/i);
});
