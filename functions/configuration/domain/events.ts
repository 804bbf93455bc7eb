/** A setting that has another value than before. */
interface ChangedSetting {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Operators changed what holds from now on. Its consumers deduplicate on the event's id: it may come several times. */
export interface ConfigurationChanged {
  readonly type: 'ConfigurationChanged';
  readonly data: {
    readonly version: number;
    readonly author: string;
    readonly reason?: string;
    readonly differences: readonly ChangedSetting[];
  };
}
