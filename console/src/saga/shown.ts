import type { SagaDefinition } from './definition.ts';
import { type Edge, edgesOf, type Place } from './layout.ts';
import type { StateView } from './states.ts';

/**
 * The states that are drawn: the way forward, all that the order came to, and with one compensation all of them.
 * @param all whether what could have happened is drawn, too
 */
export function shownStates(
  views: readonly StateView[],
  places: ReadonlyMap<string, Place>,
  all: boolean,
): readonly StateView[] {
  const rowOf = (view: StateView) => places.get(view.state.name)?.row ?? 0;
  const isUndoing = views.some((view) => rowOf(view) > 0 && view.progress !== 'untouched');
  return views.filter((view) => {
    const row = rowOf(view);
    const { waits } = view.state;
    return all || view.progress !== 'untouched' || (row === 0 && !waits) || (row > 0 && !waits && isUndoing);
  });
}

export interface Way extends Edge {
  readonly taken: boolean;
}

/** The ways to draw: those onward, and of those after errors the ones that the order took, unless all are asked for. */
export function waysOf(definition: SagaDefinition, shown: readonly StateView[], all: boolean): readonly Way[] {
  const byName = new Map(shown.map((view) => [view.state.name, view]));
  const touched = (name: string) => byName.get(name)?.progress !== 'untouched';
  const isOver = (name: string) => ['done', 'undone'].includes(byName.get(name)?.progress ?? '');
  const taken = ({ from, to, caught }: Edge): boolean => {
    if (!touched(from) || !touched(to)) return false;
    const isWait = byName.get(to)?.state.waits === true;
    if (caught) return isWait || (byName.get(from)?.progress === 'failed' && isFirstTouched(byName, from, to));
    return isOver(from);
  };
  return edgesOf(definition, new Set(byName.keys()))
    .map((edge) => ({ ...edge, taken: taken(edge) }))
    .filter((way) => all || way.taken || !way.caught);
}

/** After a failure the saga goes to one state: of those that the definition names, the last that was touched comes first on the way back. */
function isFirstTouched(byName: ReadonlyMap<string, StateView>, from: string, to: string): boolean {
  const targets = (byName.get(from)?.state.caught ?? [])
    .map(({ next }) => byName.get(next))
    .filter((view) => view !== undefined && !view.state.waits && view.progress !== 'untouched');
  const order = [...byName.keys()];
  const first = targets.toSorted((a, b) => order.indexOf(a?.state.name ?? '') - order.indexOf(b?.state.name ?? ''))[0];
  return first?.state.name === to;
}
