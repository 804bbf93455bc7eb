import type { Json, JsonObject } from '../contracts.ts';
import { textOf } from '../properties.ts';
import type { Made, MakeResource } from '../resource.ts';
import { references, resolve } from './intrinsics.ts';
import { StackScope } from './stack-scope.ts';
import type { DeclaredResource, Stack } from './template.ts';

export interface DeployOptions {
  readonly region: string;
  readonly account: string;
  /** Values of template parameters by name, for all stacks. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Makes one resource. */
  readonly make: MakeResource;
}

/** What was made of the stacks. */
export interface Deployed {
  /** The stacks' outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The names of each stack, by the stack's own. */
  readonly scopes: ReadonlyMap<string, StackScope>;
}

/**
 * Makes the resources of all stacks, each after those it refers to.
 * @throws Error saying which resource or output of which stack cannot be made, and why
 */
export async function deploy(stacks: readonly Stack[], options: DeployOptions): Promise<Deployed> {
  refuseUnknownParameters(stacks, options.parameters);
  const exports = new Map<string, Json>();
  const outputs: Record<string, string> = {};
  const scopes = new Map<string, StackScope>();
  for (const stack of stacks) {
    const scope = new StackScope(stack, exports, options);
    scopes.set(stack.name, scope);
    await makeResources(stack, scope, options.make);
    for (const [name, { Value, Export, Condition }] of Object.entries(stack.template.Outputs ?? {})) {
      if (Condition !== undefined && !scope.condition(Condition)) continue;
      const value = resolve(Value, scope);
      outputs[name] = textOf(value);
      if (Export) exports.set(textOf(resolve(Export.Name, scope)), value);
    }
  }
  return { outputs, scopes };
}

/**
 * Makes the resources of one stack, each after those it refers to, and enters them into its scope.
 * @param isWanted @default all
 * @throws Error saying which resource cannot be made, and why
 */
export async function makeResources(
  stack: Stack,
  scope: StackScope,
  makeResource: MakeResource,
  isWanted: (logicalId: string) => boolean = () => true,
): Promise<void> {
  for (const [logicalId, declared] of inOrder(stack)) {
    if (!isWanted(logicalId)) continue;
    if (declared.Condition !== undefined && !scope.condition(declared.Condition)) continue;
    scope.add(logicalId, await make(stack, logicalId, declared, scope, makeResource));
  }
}

async function make(
  stack: Stack,
  logicalId: string,
  declared: DeclaredResource,
  scope: StackScope,
  makeResource: MakeResource,
): Promise<Made> {
  const { name, assets } = stack;
  const { Type, Properties = {} } = declared;
  try {
    return await makeResource({
      stack: name,
      logicalId,
      type: Type,
      properties: resolve(Properties, scope) as JsonObject,
      assets,
    });
  } catch (error) {
    throw new Error(`${logicalId} (${Type}) of the stack ${name} cannot be made: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Without this check, the value of a misspelt parameter would be lost and the right one would have its default. */
function refuseUnknownParameters(stacks: readonly Stack[], parameters: DeployOptions['parameters']): void {
  const unknown = Object.keys(parameters).find(
    (name) => !stacks.some(({ template }) => template.Parameters?.[name] !== undefined),
  );
  if (unknown !== undefined) throw new Error(`No stack has a parameter ${unknown}.`);
}

/** The resources of a stack, each after those it refers to or depends on. */
function inOrder({ name, template: { Resources } }: Stack): [string, DeclaredResource][] {
  const ordered = new Map<string, DeclaredResource>();
  const visiting = new Set<string>();
  const visit = (logicalId: string): void => {
    const declared = Resources[logicalId];
    if (!declared || ordered.has(logicalId)) return;
    if (visiting.has(logicalId)) throw new Error(`In the stack ${name}, ${logicalId} depends on itself.`);
    visiting.add(logicalId);
    for (const needed of references(declared.Properties ?? {})) visit(needed);
    for (const needed of [declared.DependsOn ?? []].flat()) visit(needed);
    ordered.set(logicalId, declared);
  };
  for (const logicalId of Object.keys(Resources)) visit(logicalId);
  return [...ordered];
}
