/** The database: every call takes a moment, and it can be away. */
import { DependencyUnavailable } from '../../../functions/shared/kernel/errors.ts';
import type { DatabaseFault } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Life } from './life.ts';
import type { VirtualTime } from './time.ts';

const LATENCY_MS = 8;
/** The client tries again for so long before it gives up. */
const GIVEN_UP_AFTER_MS: Readonly<Record<DatabaseFault, number>> = { killed: 800, hangs: 6_000 };

export class VirtualDatabase {
  readonly #time: VirtualTime;
  readonly #random: Random;
  #fault: DatabaseFault | undefined;
  #stalled: (() => void)[] = [];

  constructor(time: VirtualTime, random: Random) {
    this.#time = time;
    this.#random = random;
  }

  get isAway(): boolean {
    return this.#fault !== undefined;
  }

  fail(fault: DatabaseFault): void {
    this.#fault = fault;
  }

  /** What had arrived while it hung is carried out now: its caller knows nothing of that. */
  recover(): void {
    this.#fault = undefined;
    const stalled = this.#stalled;
    this.#stalled = [];
    for (const carryOut of stalled) carryOut();
  }

  /** A port of the database, as a process with this life calls it. */
  behind<Port extends object>(port: Port, life: Life): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          life.call(() => this.#carryOut(() => member.apply(target, args) as Promise<unknown>));
      },
    });
  }

  async #carryOut(call: () => Promise<unknown>): Promise<unknown> {
    await this.#time.sleep(1 + this.#random() * LATENCY_MS);
    const fault = this.#fault;
    if (fault === undefined) return call();
    if (fault === 'hangs' && this.#random() < 0.5) this.#stalled.push(() => void call().catch(() => undefined));
    await this.#time.sleep(GIVEN_UP_AFTER_MS[fault]);
    throw new DependencyUnavailable(`The database is away (${fault}).`);
  }
}
