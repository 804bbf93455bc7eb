import type { Instance } from '../instance.ts';
import type { Feedback } from '../ports.ts';
import type { Candidate } from './strategy.ts';

/** The averages move by a tenth with each call. */
const KEPT = 0.9;
/** So many failures in a row are no accident, such as one request that the partner cannot digest. */
const FAILURES_IN_A_ROW = 2;
/** How long an instance is then left out, in milliseconds: the health check of a minute decides about the time after that. */
const LEFT_OUT_MS = 10_000;

interface CallRecord {
  readonly inFlight: number;
  readonly latencyMs?: number;
  readonly errorRate: number;
  readonly failuresInARow: number;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
}

const NONE: CallRecord = { inFlight: 0, errorRate: 0, failuresInARow: 0, endedAt: 0 };

/** What one function instance knows of its calls to the instances of a partner. Moments are milliseconds since the epoch. */
export class CallRecords {
  readonly #records = new Map<string, CallRecord>();

  /** Before the first call of this function instance, the latency is that of the last health check. */
  candidate(instance: Instance): Candidate {
    const { inFlight, errorRate, latencyMs = instance.latencyMs } = this.#of(instance.id);
    return { instance, inFlight, errorRate, ...(latencyMs === undefined ? {} : { latencyMs }) };
  }

  /** Whether the last calls failed, a short time ago. */
  isFailing(instanceId: string, now: number): boolean {
    const { failuresInARow, endedAt } = this.#of(instanceId);
    return failuresInARow >= FAILURES_IN_A_ROW && now - endedAt < LEFT_OUT_MS;
  }

  started(instanceId: string): void {
    const record = this.#of(instanceId);
    this.#records.set(instanceId, { ...record, inFlight: record.inFlight + 1 });
  }

  ended(instanceId: string, { ok, durationMs }: Feedback, now: number): void {
    const { inFlight, errorRate, failuresInARow, latencyMs = durationMs } = this.#of(instanceId);
    this.#records.set(instanceId, {
      inFlight: inFlight - 1,
      latencyMs: moved(latencyMs, durationMs),
      errorRate: moved(errorRate, ok ? 0 : 1),
      failuresInARow: ok ? 0 : failuresInARow + 1,
      endedAt: now,
    });
  }

  #of(instanceId: string): CallRecord {
    return this.#records.get(instanceId) ?? NONE;
  }
}

const moved = (average: number, value: number): number => KEPT * average + (1 - KEPT) * value;
