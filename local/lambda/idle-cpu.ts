import { cpus } from 'node:os';

/** Idle and all time of all processors since the machine started, in milliseconds. */
export interface ProcessorTimes {
  readonly idle: number;
  readonly total: number;
}

/** The time that is judged. In a shorter one a busy moment would count too much; a longer one would tell about the past. */
const SHORTEST_WINDOW_MS = 100;
const LONGEST_WINDOW_MS = 1_000;
/** With less idle time than this share, invocations wait for the processors. */
const SPARE_SHARE = 0.15;

/**
 * Tells whether this machine has processor time to spare, by its idle time between the last two questions. After a long
 * pause the answer is no, because the time before the pause says nothing about now. A machine that does not report its
 * times is taken to have some to spare.
 */
export class IdleCpu {
  readonly #read: () => ProcessorTimes;
  readonly #now: () => number;
  #since: ProcessorTimes;
  #sinceAt: number;
  #wasIdle = false;

  constructor(read: () => ProcessorTimes = machineTimes, now: () => number = () => performance.now()) {
    this.#read = read;
    this.#now = now;
    this.#since = read();
    this.#sinceAt = now();
  }

  isIdle(): boolean {
    const now = this.#now();
    const window = now - this.#sinceAt;
    if (window < SHORTEST_WINDOW_MS) return this.#wasIdle;
    const times = this.#read();
    const total = times.total - this.#since.total;
    this.#wasIdle =
      total <= 0 || (window <= LONGEST_WINDOW_MS && (times.idle - this.#since.idle) / total >= SPARE_SHARE);
    this.#since = times;
    this.#sinceAt = now;
    return this.#wasIdle;
  }
}

function machineTimes(): ProcessorTimes {
  let [idle, total] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { idle, total };
}
