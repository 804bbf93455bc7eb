import type { Json } from '../../contracts.ts';
import type { MapState } from '../definition.ts';
import type { Visit } from '../visit.ts';

/** The items of a Map state that are in the execution itself. @throws TaskFailure `States.QueryEvaluationError` */
export async function itemsOf(visit: Visit<MapState>): Promise<Json[]> {
  const { Items } = visit.state;
  if (Items === undefined) {
    if (Array.isArray(visit.input)) return visit.input;
    throw visit.badValue(undefined, `Map state input must be an array but was: ${JSON.stringify(visit.input)}`);
  }
  const items = await visit.fill('Items', Items);
  if (Array.isArray(items)) return items;
  throw visit.wrongType('Items', Items, 'array', items);
}
