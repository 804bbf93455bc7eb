/** What a deployment reads of the synthesized app of a stage. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SETTINGS_DIGEST } from '../../lib/constructs/settings-parameter.ts';
import type { TemplateParameter } from './settings.ts';

export interface Template {
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

export interface StageAssembly {
  /** By the name of the stack. */
  readonly templates: ReadonlyMap<string, Template>;
  /** Of CDK's bootstrap stack, at least. */
  readonly bootstrapVersion: number;
  /** Those that a person may set: all of them are of one stack. */
  readonly parameters: Readonly<Record<string, TemplateParameter>>;
}

interface Artifact {
  readonly type: string;
  readonly properties?: { readonly templateFile?: string; readonly requiresBootstrapStackVersion?: number };
}

/** Parameters that CDK adds for itself, and the one that follows from the others. */
const OTHERS = ['BootstrapVersion', SETTINGS_DIGEST];

export function assemblyIn(folder: string): StageAssembly {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  const { artifacts } = read('manifest.json') as { readonly artifacts: Readonly<Record<string, Artifact>> };
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const templates = new Map(
    stacks.map(([name, { properties }]) => [name, read(properties!.templateFile!) as Template]),
  );
  const parameters = Object.fromEntries(
    [...templates.values()]
      .flatMap(({ Parameters = {} }) => Object.entries(Parameters))
      .filter(([name]) => !OTHERS.includes(name)),
  );
  const versions = Object.values(artifacts).map(({ properties }) => properties?.requiresBootstrapStackVersion ?? 0);
  return { templates, bootstrapVersion: Math.max(...versions), parameters };
}
