/** What tests need to know of the order saga's steps, read from its definition and its README. */
import { CANCELLATION_SAGA, ORDER_SAGA, type Saga } from './definition.ts';

/** The rows of the README's table whose first column is headed so, cell by cell. */
export function tableOf({ readFile }: Saga, heading: 'step' | 'wait'): string[][] {
  const lines = readFile('README.md').split('\n');
  const rows = lines.slice(lines.findIndex((line) => line.startsWith(`| ${heading} |`)) + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The states that follow when all goes well, from `start` on. */
export function pathFrom({ tasks }: Pick<Saga, 'tasks'>, start: string): string[] {
  const next = tasks.get(start)?.Next;
  return [start, ...(next === undefined ? [] : pathFrom({ tasks }, next))];
}

const FIRST_COMPENSATION = CANCELLATION_SAGA.steps[0]!;

/** The chain of compensations in the order in which it runs, without the cancellation of the order that ends it. */
export const compensations: readonly string[] = pathFrom(ORDER_SAGA, FIRST_COMPENSATION).slice(0, -1);

/** The steps that can be undone, in the order in which they run, without the confirmation of the order that ends them. */
export const forwardSteps: readonly string[] = pathFrom(ORDER_SAGA, ORDER_SAGA.definition.StartAt).slice(0, -1);

const rows = new Map(tableOf(ORDER_SAGA, 'step').map(([step, ...cells]) => [step, cells]));

/** The compensation that undoes a forward step, as the README's table says. */
export function undoneBy(step: string): string {
  const compensation = compensations.find((name) => rows.get(step)?.[1]?.startsWith(name));
  if (compensation === undefined) throw new RangeError(`The README does not say which compensation undoes ${step}.`);
  return compensation;
}

/** The state in which the saga goes on when a step fails with an error that is not, or no longer, retried. */
export const nextAfter = (step: string, error: string): string =>
  ORDER_SAGA.task(step).Catch.find(
    ({ ErrorEquals }) => ErrorEquals.includes(error) || ErrorEquals.includes('States.ALL'),
  )!.Next;

/** An error with which a step refuses what its order asks for. */
export const refusalOf = (step: string): string =>
  ORDER_SAGA.task(step)
    .Catch.flatMap(({ ErrorEquals }) => ErrorEquals)
    .find((name) => name !== 'CancellationRequested' && name !== 'States.ALL')!;
