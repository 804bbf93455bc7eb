import { Names } from 'aws-cdk-lib';
import { Construct, type IConstruct, RootConstruct } from 'constructs';

/**
 * Constructs that belong together. A group is no part of the logical ids of what is in it: a table, a queue or a state machine
 * that moves into a group or out of one stays the same resource, with its items, messages and executions.
 */
export class Group extends Construct {}

/** The unique id that a construct would have if there were no groups, from `depth` levels below the app on; made by CDK's own rule. */
export function uniqueIdOf(construct: IConstruct, depth = 1): string {
  const ids = construct.node.scopes
    .slice(depth)
    .filter((scope) => !(scope instanceof Group))
    .map(({ node }) => node.id);
  const leaf = ids.reduce<Construct>((scope, id) => new Construct(scope, id), new RootConstruct());
  return Names.nodeUniqueId(leaf.node);
}
