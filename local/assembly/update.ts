import { isDeepStrictEqual } from 'node:util';
import type { MakeResource } from '../resource.ts';
import { type Deployed, makeResources } from './deploy.ts';
import type { DeclaredResource, Stack } from './template.ts';

/** The difference between what is deployed and what is wanted. */
export interface StackChanges {
  /** The logical ids of what can be changed or added in place, by stack. */
  readonly inPlace: ReadonlyMap<string, ReadonlySet<string>>;
  /** What needs a start, in words: `a change of Orders (AWS::DynamoDB::Table) in App`. */
  readonly beyond: readonly string[];
}

/**
 * Compares stacks as an update of them would.
 * @param canUpdate whether resources of a type can be changed while they are in use
 */
export function changesOf(
  deployed: readonly Stack[],
  wanted: readonly Stack[],
  canUpdate: (type: string) => boolean,
): StackChanges {
  const names = (stacks: readonly Stack[]) => stacks.map(({ name }) => name).join(', ');
  if (names(deployed) !== names(wanted)) {
    return { inPlace: new Map(), beyond: [`the stacks ${names(wanted)} in place of ${names(deployed)}`] };
  }
  const compared = wanted.map((stack, index) => ({ stack, ...compare(deployed[index]!, stack, canUpdate) }));
  return {
    inPlace: new Map(compared.map(({ stack, inPlace }) => [stack.name, inPlace])),
    beyond: compared.flatMap(({ beyond }) => beyond),
  };
}

/**
 * Makes what can be changed in place anew. What fails stays as it was, and so does what comes after it.
 * @throws Error saying which resource cannot be changed, and why
 */
export async function update(
  { scopes }: Deployed,
  stacks: readonly Stack[],
  { inPlace }: StackChanges,
  change: MakeResource,
): Promise<void> {
  for (const stack of stacks) {
    const changed = inPlace.get(stack.name)!;
    await makeResources(stack, scopes.get(stack.name)!, change, (logicalId) => changed.has(logicalId));
  }
}

function compare(deployed: Stack, wanted: Stack, canUpdate: (type: string) => boolean) {
  const inPlace = new Set<string>();
  const beyond: string[] = [];
  const [before, after] = [deployed.template.Resources, wanted.template.Resources];
  const named = (id: string, { Type }: DeclaredResource) => `${id} (${Type}) in ${wanted.name}`;
  for (const [id, resource] of Object.entries(after)) {
    const known = before[id];
    if (known !== undefined && isDeepStrictEqual(meaning(known), meaning(resource))) continue;
    if (canUpdate(resource.Type) && (known === undefined || known.Type === resource.Type)) inPlace.add(id);
    else beyond.push(`${known === undefined ? 'the new' : 'a change of'} ${named(id, resource)}`);
  }
  for (const [id, resource] of Object.entries(before)) {
    // What is retained stays, as it does on AWS.
    if (!(id in after) && resource.DeletionPolicy !== 'Retain') beyond.push(`the end of ${named(id, resource)}`);
  }
  if (!isDeepStrictEqual(rest(deployed), rest(wanted))) {
    beyond.push(`parameters, conditions or outputs of ${wanted.name}`);
  }
  return { inPlace, beyond };
}

/** What a resource is made of: neither its metadata nor the order in which it is made. */
const meaning = ({ Type, Properties = {}, Condition }: DeclaredResource) => [Type, Properties, Condition];

/** Compared by what it says: in which order CDK writes outputs that other stacks import differs from one synthesis to the next. */
const rest = ({ template: { Parameters, Conditions, Mappings, Outputs } }: Stack) => [
  Parameters,
  Conditions,
  Mappings,
  Outputs,
];
