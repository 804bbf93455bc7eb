import type { Candidate, Strategy } from './strategy.ts';

/** The one with the fewest requests in progress; one of them by chance when several have as few. */
export const leastLoaded: Strategy = (candidates, draw) => {
  const least = Math.min(...candidates.map(loadOf));
  const free = candidates.filter((candidate) => loadOf(candidate) === least);
  return free[Math.floor(draw.random * free.length)]!;
};

/** What the instance itself reported, and what is under way from here: a function instance sees only its own calls. */
const loadOf = ({ instance, inFlight }: Candidate): number => (instance.load ?? 0) + inFlight;
