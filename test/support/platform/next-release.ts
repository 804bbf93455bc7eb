import { appendFileSync, cpSync } from 'node:fs';
import path from 'node:path';
import type { DeclaredResource, Stack } from '../../../local/assembly/template.ts';
import type { JsonObject } from '../../../local/contracts.ts';

/** What a test looks for in what the next release does. */
export const NEXT_RELEASE = {
  /** The state with which its order saga begins. */
  state: 'NextRelease',
  /** What each of its functions writes into its log once it is loaded. */
  line: '{"message":"loaded by the next release"}',
};

const SAGA = /^OrderSagaStateMachine/;

/**
 * The stacks as a release after this one has them: each function has other code, which does the same and says so, the order saga begins with another state, and both
 * have versions with other logical ids, as CDK makes them.
 * @param folder for the code of the functions
 */
export function nextRelease(stacks: readonly Stack[], folder: string): readonly Stack[] {
  const assets = new Map<string, string>();
  return stacks.map((stack) => {
    const Resources = nextResources(stack.template.Resources, (each) => withNewCode(each, stack, { assets, folder }));
    return { ...stack, assets: new Map([...stack.assets, ...assets]), template: { ...stack.template, Resources } };
  });
}

type Resources = Stack['template']['Resources'];

/** The resources of a stack as a release after this one has them. @param renew gives a function something new */
export function nextResources(
  resources: Resources,
  renew: (resource: DeclaredResource) => DeclaredResource,
): Resources {
  const versions = Object.entries(resources).filter(([id, { Type }]) => isNew(id, Type, resources));
  const renamed = new Map(versions.map(([id]) => [id, `${id}Next`]));
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      renamed.get(id) ?? id,
      withOthers(renamed, renew(withNewState(id, resource))),
    ]),
  );
}

/** Whether a resource is a version of something that is different. */
function isNew(id: string, type: string, resources: Resources): boolean {
  if (type === 'AWS::Lambda::Version') return true;
  if (type !== 'AWS::StepFunctions::StateMachineVersion') return false;
  return SAGA.test((resources[id]!.Properties!.StateMachineArn as { readonly Ref: string }).Ref);
}

const withOthers = (renamed: ReadonlyMap<string, string>, resource: DeclaredResource): DeclaredResource =>
  JSON.parse(
    JSON.stringify(resource).replaceAll(/"(\w+)"/g, (whole, id: string) =>
      renamed.has(id) ? `"${renamed.get(id)}"` : whole,
    ),
  ) as DeclaredResource;

function withNewState(id: string, resource: DeclaredResource): DeclaredResource {
  if (!SAGA.test(id) || resource.Type !== 'AWS::StepFunctions::StateMachine') return resource;
  const definition = JSON.parse(resource.Properties!.DefinitionString as string) as {
    readonly StartAt: string;
    readonly States: JsonObject;
  };
  const begin = { [NEXT_RELEASE.state]: { Type: 'Pass', Next: definition.StartAt } };
  const next = { ...definition, StartAt: NEXT_RELEASE.state, States: { ...begin, ...definition.States } };
  return { ...resource, Properties: { ...resource.Properties, DefinitionString: JSON.stringify(next) } };
}

function withNewCode(
  resource: DeclaredResource,
  stack: Stack,
  { assets, folder }: { readonly assets: Map<string, string>; readonly folder: string },
): DeclaredResource {
  if (resource.Type !== 'AWS::Lambda::Function') return resource;
  const code = resource.Properties!.Code as { readonly S3Key: string };
  const S3Key = `next-${code.S3Key}`;
  if (!assets.has(S3Key)) {
    const copy = path.join(folder, S3Key);
    cpSync(stack.assets.get(code.S3Key)!, copy, { recursive: true, filter: (file) => !file.endsWith('.map') });
    appendFileSync(path.join(copy, 'index.mjs'), `\nconsole.log(${JSON.stringify(NEXT_RELEASE.line)});\n`);
    assets.set(S3Key, copy);
  }
  return { ...resource, Properties: { ...resource.Properties, Code: { ...code, S3Key } } };
}
