import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stack, Template } from './template.ts';

type ById<Value> = Readonly<Record<string, Value>>;

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly file?: string; readonly stackName?: string };
}

interface Asset {
  readonly source: { readonly path?: string };
  readonly destinations: ById<{ readonly objectKey: string }>;
}

/**
 * Reads a synthesized cloud assembly: its stacks, those that others need first.
 * @throws Error when the folder holds no assembly, or none with a stack of its own
 */
export function loadAssembly(dir: string): Stack[] {
  const manifestFile = path.join(dir, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new Error(`There is no cloud assembly in ${dir} (manifest.json is missing). Synthesize the app first.`);
  }
  const { artifacts } = readJson<{ readonly artifacts: ById<Artifact> }>(manifestFile);
  const assets = new Map(
    Object.values(artifacts)
      .filter(({ type }) => type === 'cdk:asset-manifest')
      .flatMap(({ properties }) => readAssets(dir, properties?.file)),
  );
  const ordered: string[] = [];
  const visit = (id: string): void => {
    const artifact = artifacts[id];
    if (!artifact || ordered.includes(id)) return;
    for (const dependency of artifact.dependencies ?? []) visit(dependency);
    ordered.push(id);
  };
  for (const id of Object.keys(artifacts)) visit(id);
  const stacks = ordered.flatMap((id) => {
    const { type, properties } = artifacts[id]!;
    if (type !== 'aws:cloudformation:stack' || !properties?.templateFile) return [];
    return [
      {
        name: properties.stackName ?? id,
        template: readJson<Template>(path.join(dir, properties.templateFile)),
        assets,
      },
    ];
  });
  if (stacks.length === 0) {
    throw new Error(
      `The cloud assembly in ${dir} has no stack; those of stages (nested assemblies) have a folder of their own.`,
    );
  }
  return stacks;
}

function readAssets(dir: string, file: string | undefined): [string, string][] {
  if (!file) return [];
  const { files = {} } = readJson<{ readonly files?: ById<Asset> }>(path.join(dir, file));
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }): [string, string] => [
      objectKey,
      path.resolve(dir, source.path ?? ''),
    ]),
  );
}

const readJson = <Content>(file: string): Content => JSON.parse(readFileSync(file, 'utf8')) as Content;
