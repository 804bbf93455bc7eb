import type { Json, JsonObject } from '../contracts.ts';
import { evaluateCondition, references, resolve, type Scope } from './intrinsics.ts';
import type { DeclaredResource, Stack } from './template.ts';

/** A resource whose properties are all known. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** The folders and files of the assembly's assets, by object key. */
  readonly assets: ReadonlyMap<string, string>;
}

/** What other resources see of a resource. */
export interface Made {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface DeployOptions {
  readonly region: string;
  readonly account: string;
  /** Values of template parameters by name, for all stacks. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Makes one resource. */
  readonly make: (resource: Resource) => Promise<Made>;
}

/** Makes the resources of all stacks, each after those it refers to. Resolves to the stacks' outputs by name. */
export async function deploy(stacks: readonly Stack[], options: DeployOptions): Promise<Record<string, string>> {
  const exports = new Map<string, Json>();
  const outputs: Record<string, string> = {};
  for (const stack of stacks) {
    const made = new Map<string, Made>();
    const scope = scopeOf(stack, made, exports, options);
    for (const [logicalId, declared] of inOrder(stack)) {
      if (declared.Condition !== undefined && !scope.condition(declared.Condition)) continue;
      const properties = resolve(declared.Properties ?? {}, scope) as JsonObject;
      made.set(logicalId, await options.make({ stack: stack.name, logicalId, type: declared.Type, properties, assets: stack.assets }));
    }
    for (const [name, { Value, Export, Condition }] of Object.entries(stack.template.Outputs ?? {})) {
      if (Condition !== undefined && !scope.condition(Condition)) continue;
      const value = resolve(Value, scope);
      outputs[name] = String(value);
      if (Export) exports.set(String(resolve(Export.Name, scope)), value);
    }
  }
  return outputs;
}

function scopeOf({ name, template }: Stack, made: ReadonlyMap<string, Made>, exports: ReadonlyMap<string, Json>, options: DeployOptions): Scope {
  const pseudo: Record<string, string> = {
    'AWS::Region': options.region,
    'AWS::AccountId': options.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': name,
    'AWS::StackId': `arn:aws:cloudformation:${options.region}:${options.account}:stack/${name}/local`,
  };
  const scope: Scope = {
    ref: (id) => pseudo[id] ?? made.get(id)?.ref ?? parameter(id),
    attribute: (id, attribute) => {
      const value = made.get(id)?.attributes?.[attribute];
      if (value === undefined) throw new Error(`In stack ${name}: ${id} (${template.Resources[id]?.Type ?? 'unknown'}) has no attribute ${attribute} in this runtime.`);
      return value;
    },
    importValue: (exported) => {
      const value = exports.get(exported);
      if (value === undefined) throw new Error(`In stack ${name}: no stack exports ${exported}.`);
      return value;
    },
    condition: (condition) => evaluateCondition(template.Conditions?.[condition] ?? {}, scope),
    mapping: (map, top, second) => ((template.Mappings?.[map] as JsonObject)[top] as JsonObject)[second] ?? null,
  };
  const parameter = (id: string): Json => {
    const declared = template.Parameters?.[id];
    const value = options.parameters[id] ?? declared?.Default;
    if (declared === undefined || value === undefined) {
      throw new Error(`In stack ${name}: ${id} has no value${declared ? `; pass the parameter (${declared.Description ?? declared.Type})` : ''}.`);
    }
    if (declared.AllowedPattern && !new RegExp(`^(?:${declared.AllowedPattern})$`).test(String(value))) {
      throw new Error(`In stack ${name}: parameter ${id} is "${String(value)}"; expected a match of ${declared.AllowedPattern}.`);
    }
    return value;
  };
  return scope;
}

/** The resources of a stack, each after those it refers to or depends on. */
function inOrder({ name, template: { Resources } }: Stack): [string, DeclaredResource][] {
  const ordered = new Map<string, DeclaredResource>();
  const visiting = new Set<string>();
  const visit = (logicalId: string): void => {
    const declared = Resources[logicalId];
    if (!declared || ordered.has(logicalId)) return;
    if (visiting.has(logicalId)) throw new Error(`In stack ${name}: ${logicalId} depends on itself.`);
    visiting.add(logicalId);
    for (const needed of references(declared.Properties ?? {})) visit(needed);
    for (const needed of [declared.DependsOn ?? []].flat()) visit(needed);
    ordered.set(logicalId, declared);
  };
  for (const logicalId of Object.keys(Resources)) visit(logicalId);
  return [...ordered];
}
