import type { StrategyName } from '../ports.ts';
import { consistentHash } from './consistent-hash.ts';
import { healthAdaptive } from './health-adaptive.ts';
import { leastLoaded } from './least-loaded.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';
import type { Strategy } from './strategy.ts';
import { weighted } from './weighted.ts';

/** By the name that the configuration of a partner calls it. */
export const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = {
  random,
  'round-robin': roundRobin,
  weighted,
  'least-loaded': leastLoaded,
  'consistent-hash': consistentHash,
  'health-adaptive': healthAdaptive,
};
