import type { Strategy } from './strategy.ts';

/** Each with the same chance. */
export const random: Strategy = (candidates, draw) => candidates[Math.floor(draw.random * candidates.length)]!;
