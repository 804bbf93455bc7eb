import type { SagaDefinition, SagaState } from './definition.ts';

/** A place on the grid: forward steps stand in row 0, one after the other. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

/**
 * Places the states as people draw a saga: the way forward in a line, each compensation beneath the first step that it takes back, each wait above the
 * step that waits. All of that follows from the definition.
 */
export function placesOf({ startAt, states }: SagaDefinition): ReadonlyMap<string, Place> {
  const byName = new Map(states.map((state) => [state.name, state]));
  const places = new Map<string, Place>();
  const forward = chainFrom(startAt, byName);
  forward.forEach(({ name }, column) => places.set(name, { column, row: 0 }));

  for (const { name, caught } of forward) {
    const undo = caught.find(({ errors, next }) => errors.includes('States.ALL') && byName.get(next)?.waits === false);
    if (undo && !places.has(undo.next)) places.set(undo.next, { column: places.get(name)?.column ?? 0, row: 1 });
  }
  for (const undo of [...places.keys()].filter((name) => places.get(name)?.row === 1)) {
    let at = byName.get(undo);
    while (at?.next !== undefined) {
      const { column, row } = places.get(at.name) as Place;
      if (!places.has(at.next)) places.set(at.next, { column, row: row + 1 });
      at = byName.get(at.next);
    }
  }
  for (const { name } of states.filter(({ waits }) => waits)) {
    const from = states.find(({ name: other, caught }) => other !== name && caught.some(({ next }) => next === name));
    const place = from && places.get(from.name);
    const taken = new Set([...places.values()].map(({ column, row }) => `${column},${row}`));
    if (place) places.set(name, freeBeside(place, taken));
  }
  return places;
}

/** Above a step of the way forward; to the right of a compensation. */
function freeBeside({ column, row }: Place, taken: ReadonlySet<string>): Place {
  const step = row === 0 ? { column: 0, row: -1 } : { column: 1, row: 0 };
  let place = { column: column + step.column, row: row + step.row };
  while (taken.has(`${place.column},${place.row}`)) {
    place = { column: place.column + step.column, row: place.row + step.row };
  }
  return place;
}

function chainFrom(startAt: string, byName: ReadonlyMap<string, SagaState>): readonly SagaState[] {
  const chain: SagaState[] = [];
  let at = byName.get(startAt);
  while (at && !chain.includes(at)) {
    chain.push(at);
    at = at.next === undefined ? undefined : byName.get(at.next);
  }
  return chain;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Whether it is the way after an error. */
  readonly caught: boolean;
}

/** The ways between the states that are shown, each pair once. */
export function edgesOf({ states }: SagaDefinition, shown: ReadonlySet<string>): readonly Edge[] {
  const edges = new Map<string, Edge>();
  const add = (edge: Edge) => {
    const key = `${edge.from}>${edge.to}`;
    if (edge.from !== edge.to && shown.has(edge.from) && shown.has(edge.to) && !edges.has(key)) edges.set(key, edge);
  };
  for (const { name, next, caught } of states) {
    if (next !== undefined) add({ from: name, to: next, caught: false });
    for (const one of caught) add({ from: name, to: one.next, caught: true });
  }
  return [...edges.values()];
}
