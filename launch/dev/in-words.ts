/** What was changed, for the person who has just saved it. */
import type { Stack } from '../../local/assembly/template.ts';
import type { StackChanges } from '../../local/assembly/update.ts';
import { text } from '../../local/properties.ts';

const LISTED = 5;

/** Such as `orders/create-order, payments/refund and 3 more`. */
export function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  return more > 0 ? `${names.slice(0, LISTED).join(', ')} and ${more} more` : names.join(', ');
}

/** What runs anew: functions by their names, state machines by their logical ids. */
export function inWords(stacks: readonly Stack[], inPlace: StackChanges['inPlace']): string {
  const changed = stacks.flatMap(({ name, template }) =>
    [...(inPlace.get(name) ?? [])].map((id) => ({ id, ...template.Resources[id]! })),
  );
  const functions = changed
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ id, Properties }) => text(Properties?.Description) ?? id);
  const machines = changed.filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine').map(({ id }) => id);
  const parts = [
    ...(functions.length > 0 ? [`${listed(functions)} with the new code`] : []),
    ...(machines.length > 0 ? [`${listed(machines)} with the new definition (executions under way keep theirs)`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'nothing that runs is different';
}
