import { serviceOf } from '../../arn.ts';
import type { Json, JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { sortedBy } from '../../paging.ts';
import { objects } from '../../properties.ts';
import type { Rule } from '../compiled-rule.ts';
import type { RuleTarget } from '../rule.ts';
import { describeTarget, readTarget } from '../target.ts';
import { checkedName, invalid, listed } from './input.ts';
import type { ApiParts } from './parts.ts';

/** Services that take events only in the name of a role. */
const NEED_ROLE = ['states', 'events'];

export const targetOperations = ({ catalogue, checkTarget }: ApiParts): Operations => {
  const ruleOf = (input: JsonObject): Rule =>
    catalogue.rule(catalogue.bus(input.EventBusName), checkedName(input.Rule, 'rule'));

  /** Reads a target that the runtime can deliver to. */
  const targetIn = (wire: JsonObject, index: number): RuleTarget => {
    checkedName(wire.Id, `targets.${index + 1}.member.id`);
    const target = read(wire);
    checkTarget(target.arn);
    if (target.roleArn === undefined && NEED_ROLE.includes(serviceOf(target.arn) ?? '')) {
      throw invalid(`RoleArn is required for target ${target.arn}.`);
    }
    return target;
  };

  return {
    PutTargets(input) {
      const { definition } = ruleOf(input);
      const put = objects(input.Targets).map(targetIn);
      const kept = definition.targets.filter(({ id }) => !put.some((target) => target.id === id));
      catalogue.putRule({ ...definition, targets: [...kept, ...put] });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    RemoveTargets(input) {
      const { definition } = ruleOf(input);
      const ids: Json[] = Array.isArray(input.Ids) ? input.Ids : [];
      catalogue.putRule({ ...definition, targets: definition.targets.filter(({ id }) => !ids.includes(id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    ListTargetsByRule(input) {
      const sorted = sortedBy(ruleOf(input).definition.targets, ({ id }) => id);
      return listed(sorted, input, { as: 'Targets', keyOf: ({ id }) => id, describe: describeTarget });
    },
  };
};

function read(wire: JsonObject): RuleTarget {
  try {
    return readTarget(wire);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}
