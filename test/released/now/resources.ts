import type { Template } from '../../infra/support/assembly.ts';
import { type HeldResource, type HeldResources, IDENTITIES, INDEXES } from '../rules/resources.ts';

/** What holds data or work in flight, in the stacks of an assembly. */
export const heldResources = (stacks: ReadonlyMap<string, Template>): HeldResources =>
  Object.fromEntries(
    [...stacks].sort(byName).map(([stack, { Resources }]) => [
      stack,
      Object.fromEntries(
        Object.entries(Resources)
          .filter(([, { Type }]) => Object.hasOwn(IDENTITIES, Type))
          .sort(byName)
          .map(([id, resource]) => [id, held(resource)]),
      ),
    ]),
  );

function held({
  Type,
  Properties = {},
  DeletionPolicy,
  UpdateReplacePolicy,
}: Template['Resources'][string]): HeldResource {
  const identity = Object.fromEntries(
    IDENTITIES[Type]!.filter((property) => Properties[property] !== undefined).map((property) => [
      property,
      Properties[property] as unknown,
    ]),
  );
  return {
    type: Type,
    identity: { ...identity, ...keysOf(Properties) },
    isKept: DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
  };
}

interface Keyed {
  readonly AttributeDefinitions?: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema?: readonly { readonly AttributeName: string }[];
  readonly GlobalSecondaryIndexes?: readonly (Keyed & { readonly IndexName: string })[];
}

/** The types of a table's own keys, and the keys of its indexes. */
function keysOf({ AttributeDefinitions, KeySchema = [], GlobalSecondaryIndexes = [] }: Keyed): Record<string, unknown> {
  if (AttributeDefinitions === undefined) return {};
  const types = new Map(AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  const typed = (keys: Keyed['KeySchema'] = []) =>
    keys.map(({ AttributeName }) => `${AttributeName}: ${types.get(AttributeName)}`);
  return {
    keyTypes: typed(KeySchema),
    [INDEXES]: Object.fromEntries(GlobalSecondaryIndexes.map((index) => [index.IndexName, typed(index.KeySchema)])),
  };
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;
