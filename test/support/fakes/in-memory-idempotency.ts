import type { Idempotency } from '../../../functions/shared/edge/idempotency.ts';
import { Problem } from '../../../functions/shared/http/problem.ts';
import { IDEMPOTENCY_KEY_IN_USE, IDEMPOTENCY_KEY_REUSED } from '../../../functions/shared/http/problems.ts';

/** Idempotency records in memory; it passes the same contract suite as the real ones. */
export function inMemoryIdempotency(): Idempotency {
  const records = new Map<string, { readonly requestHash: string; readonly answer?: unknown }>();
  return async <Answer>({ key, requestHash }: Parameters<Idempotency>[0], work: () => Promise<Answer>) => {
    if (key === undefined) return { answer: await work(), replayed: false };
    const known = records.get(key);
    if (known && !('answer' in known)) {
      throw new Problem(IDEMPOTENCY_KEY_IN_USE, 'It is not answered yet.', { headers: { 'Retry-After': '1' } });
    }
    if (known && known.requestHash !== requestHash) {
      throw new Problem(IDEMPOTENCY_KEY_REUSED, 'It came with another body.');
    }
    if (known) return { answer: structuredClone(known.answer) as Answer, replayed: true };
    records.set(key, { requestHash });
    try {
      const answer = await work();
      records.set(key, { requestHash, answer });
      return { answer, replayed: false };
    } catch (error) {
      records.delete(key);
      throw error;
    }
  };
}
