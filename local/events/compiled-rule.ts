import type { Location } from '../arn.ts';
import { AwsError } from '../contracts.ts';
import { compilePattern, type Predicate } from '../event-pattern.ts';
import { busNameOf } from './entry.ts';
import { type RuleDefinition, type RuleTarget, ruleArn } from './rule.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { compileInput, type TargetInput } from './target-input.ts';

/** EventBridge's. */
const MAX_TARGETS = 5;

export interface Rule {
  readonly definition: RuleDefinition;
  readonly arn: string;
  readonly busName: string;
  readonly matches: Predicate;
  readonly schedule?: Schedule;
  readonly targets: readonly { readonly target: RuleTarget; readonly inputOf: TargetInput }[];
}

/**
 * @throws AwsError `LimitExceededException`, or `ValidationException` for what EventBridge would refuse or this runtime does not
 * have; InvalidPattern
 */
export function compileRule(definition: RuleDefinition, location: Location): Rule {
  const { name, pattern, schedule, targets } = definition;
  const busName = busNameOf(definition.busName);
  if (targets.length > MAX_TARGETS) {
    throw new AwsError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: ${targets.length} targets; a rule has at most ${MAX_TARGETS}.`,
    );
  }
  const arn = ruleArn(location, busName, name);
  return {
    definition,
    arn,
    busName,
    matches: pattern ? compilePattern(pattern) : () => false,
    ...(schedule === undefined ? {} : { schedule: scheduleOf(schedule, busName) }),
    targets: targets.map((target) => ({ target, inputOf: validated(() => compileInput(target, { name, arn })) })),
  };
}

function scheduleOf(expression: string, busName: string): Schedule {
  if (busName !== 'default') throw invalid('ScheduleExpression is supported only on the default event bus.');
  try {
    return parseSchedule(expression);
  } catch (error) {
    throw invalid(`Parameter ScheduleExpression is not valid. ${(error as Error).message}`);
  }
}

function validated<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
