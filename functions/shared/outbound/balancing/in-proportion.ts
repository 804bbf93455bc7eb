import type { Candidate } from './strategy.ts';

/** Draws in proportion to the shares, which are not negative; evenly when all are zero. @param random from 0 to below 1 */
export function drawInProportion(
  candidates: readonly Candidate[],
  shareOf: (candidate: Candidate) => number,
  random: number,
): Candidate {
  const shares = candidates.map(shareOf);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (whole === 0) return candidates[Math.floor(random * candidates.length)]!;
  let left = random * whole;
  const drawn = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  // Rounding may leave a rest behind the last share.
  return candidates[drawn === -1 ? shares.findLastIndex((share) => share > 0) : drawn]!;
}
