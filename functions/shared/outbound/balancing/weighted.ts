import { drawInProportion } from './in-proportion.ts';
import type { Candidate, Strategy } from './strategy.ts';

/** In proportion to the weights: an instance of weight 2 is drawn twice as often as one of weight 1, one of weight 0 never. */
export const weighted: Strategy = (candidates, draw) => drawInProportion(candidates, weightOf, draw.random);

/** From the instance's metadata, 1 by default. */
function weightOf({ instance }: Candidate): number {
  const weight = Number(instance.metadata['weight'] ?? 1);
  return Number.isFinite(weight) && weight >= 0 ? weight : 1;
}
