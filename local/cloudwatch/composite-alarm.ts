import jsonata from 'jsonata';
import { present, text, textOf } from '../properties.ts';
import { type Resource, refuseProperties } from '../resource.ts';
import { type Actions, actionsOf } from './actions.ts';
import type { AlarmState, Evaluation } from './evaluation.ts';

export interface CompositeDefinition {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** As it is in the template. */
  readonly rule: string;
  readonly actions: Actions;
  /** Whether the alarm is in the state ALARM, by the states of others. */
  readonly isInAlarm: (stateOf: StateOf) => Promise<boolean>;
}

/** The state of an alarm by its name or ARN; undefined when there is none. */
export type StateOf = (nameOrArn: string) => AlarmState | undefined;

/** @throws Error for a rule that this runtime cannot evaluate */
export function compositeDefinition(resource: Resource, name: string, arn: string): CompositeDefinition {
  refuseProperties(resource, ['ActionsSuppressor']);
  const { properties } = resource;
  const rule = textOf(properties.AlarmRule);
  return {
    name,
    arn,
    ...present({ description: text(properties.AlarmDescription) }),
    rule,
    actions: actionsOf(properties),
    isInAlarm: parseRule(rule),
  };
}

/** What a composite alarm says now. */
export async function evaluateComposite(
  { rule, isInAlarm }: CompositeDefinition,
  stateOf: StateOf,
): Promise<Evaluation> {
  const state = (await isInAlarm(stateOf)) ? 'ALARM' : 'OK';
  return { state, reason: `Its rule is ${state === 'ALARM' ? '' : 'not '}true: ${rule}` };
}

const PARTS =
  /\b(?<state>ALARM|OK|INSUFFICIENT_DATA)\(\s*"?(?<alarm>[^")]+?)"?\s*\)|\b(?<word>AND|OR|NOT|TRUE|FALSE)\b/g;

/**
 * Rules as CloudWatch writes them: states of alarms by name or ARN, AND, OR, NOT with parentheses, TRUE and FALSE.
 * @throws Error for anything else
 */
function parseRule(rule: string): CompositeDefinition['isInAlarm'] {
  const rest = rule.replace(PARTS, '').replaceAll(/[()\s]/g, '');
  if (rest !== '') throw new Error(`The rule ${rule} has "${rest}", which this runtime does not have.`);
  const expression = jsonata(
    rule.replace(PARTS, (_, state: string | undefined, alarm: string | undefined, word: string | undefined) =>
      state === undefined ? WORDS[word as keyof typeof WORDS] : `$is(${JSON.stringify(alarm)}, "${state}")`,
    ),
  );
  return async (stateOf) => {
    const is = (alarm: string, state: string) => {
      const found = stateOf(alarm);
      if (found === undefined) throw new Error(`The rule ${rule} names the alarm ${alarm}, which is not there.`);
      return found === state;
    };
    return (await expression.evaluate({}, { is })) === true;
  };
}

const WORDS = { AND: 'and', OR: 'or', NOT: '$not', TRUE: 'true', FALSE: 'false' } as const;
