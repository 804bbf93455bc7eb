import type { Configuration } from './document.ts';

export interface ConfigurationSource {
  /**
   * The newest configuration that is known here; ask for it in each operation, and do not keep it. It never rejects: while the
   * newest cannot be had, or is wrong, the last good one stays in force.
   */
  current(): Promise<Configuration>;
}
