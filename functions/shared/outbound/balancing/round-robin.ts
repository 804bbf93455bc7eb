import type { Strategy } from './strategy.ts';

/** One after the other. */
export const roundRobin: Strategy = (candidates, { turn }) => candidates[turn % candidates.length]!;
