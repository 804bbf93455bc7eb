import { DependencyUnavailable } from '../../../functions/shared/kernel/errors.ts';
import { InMemoryOrderLog } from '../../../functions/shared/order-log/in-memory-order-log.ts';

/** A log in memory. After `crashNext()` the function is gone before its next append: as a crash between two effects. */
export class CrashingOrderLog extends InMemoryOrderLog {
  #crashes = 0;

  crashNext(): void {
    this.#crashes += 1;
  }

  /** Crashes that were asked for and met no append do not happen any more. */
  recover(): void {
    this.#crashes = 0;
  }

  override async append(...args: Parameters<InMemoryOrderLog['append']>): ReturnType<InMemoryOrderLog['append']> {
    if (this.#crashes === 0) return super.append(...args);
    this.#crashes -= 1;
    throw new DependencyUnavailable('The function ended before it could record what it did.');
  }
}
