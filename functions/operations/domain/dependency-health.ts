/** The result of checking one dependency. */
export interface DependencyHealth {
  readonly name: string;
  readonly status: 'ok' | 'unavailable';
  readonly latencyMs: number;
  /** What went wrong; absent when nothing did. */
  readonly detail?: string;
}

export interface Health {
  /** `degraded` as soon as one dependency is unavailable. */
  readonly status: 'ok' | 'degraded';
  readonly dependencies: readonly DependencyHealth[];
}

export const summarise = (dependencies: readonly DependencyHealth[]): Health => ({
  status: dependencies.every(({ status }) => status === 'ok') ? 'ok' : 'degraded',
  dependencies,
});
