import type { JsonObject } from '../contracts.ts';

/** An event source mapping from a table's stream to a function. */
export interface StreamMapping {
  readonly tableStreamArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** Where a mapping begins that has no checkpoint yet. */
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** Halves a batch that failed (`BisectBatchOnFunctionError`). @default false */
  readonly bisect?: boolean;
  /** -1 retries until the record is too old (`MaximumRetryAttempts`). @default -1 */
  readonly maxRetries?: number;
  /** -1 never gives a record up (`MaximumRecordAgeInSeconds`, here in milliseconds). @default -1 */
  readonly maxAgeMs?: number;
  /** Gets the position of what was given up. @default it is only warned about */
  readonly onFailureArn?: string;
  /** @default false */
  readonly reportBatchItemFailures?: boolean;
  /** Event patterns of `FilterCriteria`; a record is handed over when one matches. @default every record */
  readonly filters?: readonly JsonObject[];
}
