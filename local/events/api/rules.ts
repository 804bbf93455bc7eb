import type { JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { sortedBy } from '../../paging.ts';
import { present, text } from '../../properties.ts';
import type { Bus } from '../catalogue.ts';
import type { Rule } from '../compiled-rule.ts';
import { patternIn } from '../test-event-pattern.ts';
import { checkedName, invalid, listed, optionalText, tagsIn } from './input.ts';
import type { ApiParts } from './parts.ts';

export const ruleOperations = ({ context, catalogue }: ApiParts): Operations => {
  const named = (input: JsonObject): Rule =>
    catalogue.rule(catalogue.bus(input.EventBusName), checkedName(input.Name, 'name'));
  const enable = (input: JsonObject, enabled: boolean): JsonObject => {
    catalogue.putRule({ ...named(input).definition, enabled });
    return {};
  };
  const sorted = (bus: Bus): Rule[] => sortedBy(catalogue.rulesOn(bus), nameOf);

  return {
    /** A rule that is there is replaced, but keeps its targets and its tags. */
    PutRule(input) {
      const name = checkedName(input.Name, 'name');
      const bus = catalogue.bus(input.EventBusName);
      const before = catalogue.findRule(bus, name)?.definition;
      const pattern = input.EventPattern ? patternIn(input.EventPattern) : undefined;
      const schedule = text(input.ScheduleExpression) || undefined;
      if (pattern === undefined && schedule === undefined) {
        throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      }
      const { arn } = catalogue.putRule({
        name,
        busName: bus.name,
        ...present({
          pattern,
          schedule,
          description: optionalText(input, 'Description'),
          roleArn: optionalText(input, 'RoleArn'),
        }),
        enabled: stateIn(input) === 'ENABLED',
        targets: before?.targets ?? [],
        tags: before?.tags ?? tagsIn(input),
      });
      return { RuleArn: arn };
    },

    DescribeRule: (input) => ({ ...describeRule(named(input)), CreatedBy: context.account }),

    ListRules(input) {
      const prefix = optionalText(input, 'NamePrefix') ?? '';
      const found = sorted(catalogue.bus(input.EventBusName)).filter((rule) => nameOf(rule).startsWith(prefix));
      return listed(found, input, { as: 'Rules', keyOf: nameOf, describe: describeRule });
    },

    ListRuleNamesByTarget(input) {
      const found = sorted(catalogue.bus(input.EventBusName)).filter(({ definition }) =>
        definition.targets.some(({ arn }) => arn === input.TargetArn),
      );
      return listed(found, input, { as: 'RuleNames', keyOf: nameOf, describe: nameOf });
    },

    EnableRule: (input) => enable(input, true),
    DisableRule: (input) => enable(input, false),

    /** A rule that is not there is deleted already. */
    DeleteRule(input) {
      const rule = catalogue.findRule(catalogue.bus(input.EventBusName), checkedName(input.Name, 'name'));
      if (!rule) return {};
      catalogue.declared.refuseDeletion(rule.arn, 'ManagedRuleException');
      if (rule.targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
      catalogue.removeRule(rule);
      return {};
    },
  };
};

const nameOf = ({ definition: { name } }: Rule): string => name;

function stateIn({ State = 'ENABLED' }: JsonObject): 'ENABLED' | 'DISABLED' {
  if (State === 'ENABLED' || State === 'DISABLED') return State;
  throw invalid(`The State of a rule is ENABLED or DISABLED here, got ${JSON.stringify(State)}.`);
}

const describeRule = ({ definition, arn, busName }: Rule): JsonObject => ({
  Name: definition.name,
  Arn: arn,
  EventBusName: busName,
  ...present({
    EventPattern: definition.pattern && JSON.stringify(definition.pattern),
    ScheduleExpression: definition.schedule,
    Description: definition.description,
    RoleArn: definition.roleArn,
  }),
  State: definition.enabled ? 'ENABLED' : 'DISABLED',
});
