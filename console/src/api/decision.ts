import { useState } from 'react';
import { unclearAfter } from './attempts.ts';

/** One try of a decision. */
export interface Attempt {
  readonly version: number;
  readonly idempotencyKey: string;
  /** To be told when the try has failed. */
  readonly onError: (error: unknown) => void;
}

/**
 * A decision of the reader, which may take several tries and is carried out once. Each render makes the next try for the version that the reader sees, or for
 * the one of an earlier try without a clear answer.
 */
export function useDecision(seen: number): Attempt {
  const [key] = useState(() => crypto.randomUUID());
  const [unclear, setUnclear] = useState<number>();
  const version = unclear ?? seen;
  return {
    version,
    idempotencyKey: `${key}-${version}`,
    onError: (error) => setUnclear(unclearAfter(error, version, unclear)),
  };
}
