/** Does to the steps of one order what a case says, and notes what the steps do. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { AwsError, type InvocationResult } from '../../local/contracts.ts';
import type { Hooks } from '../fault/virtual/hooks.ts';
import type { VirtualTime } from '../fault/virtual/time.ts';
import type { FaultName } from './faults.ts';
import { stateOf } from './places.ts';

/** What goes wrong, in which Task or consumer, and at which of its invocations at first, from 1. */
interface StruckAt {
  readonly name: FaultName;
  readonly state: string;
  readonly visit: number;
}

export interface InjectionOptions {
  readonly time: VirtualTime;
  readonly fault: StruckAt | undefined;
  /** A Task that finds the platform in trouble at first. */
  readonly awayAt: string | undefined;
  /** Called before each invocation, with its number from 1. */
  readonly before: (state: string, visit: number) => Promise<void>;
  /** A request of the fault is held: resolves when it is to be delivered. */
  readonly late: () => Promise<void>;
}

type Spoilt = Omit<Invocation, 'state' | 'visit'>;

interface Invocation {
  readonly state: string;
  readonly visit: number;
  readonly fault?: FaultName | undefined;
  readonly crash?: () => void;
}

const TIMEOUT_MS = 12_000;
/** How long a function waits for a partner. */
const PATIENCE_MS = 2_000;
const AGAIN_MS = 1_000;
const AWAY_MS = 600_000;
const THROTTLED_TIMES = 3;
const TROUBLE_MS = 120_000;
const GARBAGE = { status: 200, text: '<html><body>Bad gateway</body></html>' };
/** Calls that do something. */
const EFFECT =
  /^(partner |inventory\.(reserve|release|adjust|forbid|backorder|confirm)$|stock\.(record|change)$|log\.append$|waits\.put$)/;
/** Whether the call has done something: what was refused, or came too late, has not. */
const hasEffect = (place: string, answer: unknown): boolean => {
  if (!EFFECT.test(place) || answer === false) return false;
  const { ok, kind = '' } = (answer ?? {}) as { readonly ok?: boolean; readonly kind?: string };
  return ok !== false && !['out-of-stock', 'version-taken'].includes(kind);
};

export class Injection implements Hooks {
  /** How often each Task was invoked. */
  readonly visits = new Map<string, number>();
  /** The Tasks that asked a partner for something. */
  readonly askingPartners = new Set<string>();
  /** The Tasks and consumers that did something, and at which of their invocations for the first time. */
  readonly effective = new Map<string, number>();
  /** Whether the fault has happened. */
  struck = false;
  readonly #options: InjectionOptions;
  readonly #invocation = new AsyncLocalStorage<Invocation>();
  /** Until then no partner is there: milliseconds since the epoch. */
  #awayUntil = 0;
  #troubleUntil: number | undefined;

  constructor(options: InjectionOptions) {
    this.#options = options;
  }

  /** From now on, for so long, no partner is there. */
  takePartnersAway(ms: number): void {
    this.#awayUntil = Math.max(this.#awayUntil, this.#options.time.now() + ms);
  }

  readonly invoke: Hooks['invoke'] = async (arn, payload, carryOut) => {
    const { awayAt, before, time } = this.#options;
    const state = stateOf(arn, payload);
    const visit = (this.visits.get(state) ?? 0) + 1;
    this.visits.set(state, visit);
    await before(state, visit);
    if (state === awayAt) {
      this.#troubleUntil ??= time.now() + TROUBLE_MS;
      if (time.now() < this.#troubleUntil) return failed('DependencyUnavailable');
    }
    return this.#run({ state, visit }, carryOut, failed);
  };

  readonly consume: Hooks['consume'] = (state, carryOut) => {
    const visit = (this.visits.get(state) ?? 0) + 1;
    this.visits.set(state, visit);
    return this.#run({ state, visit }, carryOut, (errorType) => {
      throw new Error(errorType);
    });
  };

  /** @param fail what the invoker gets when the function fails; or throws it */
  #run<Answer>(
    { state, visit }: Pick<Invocation, 'state' | 'visit'>,
    carryOut: () => Promise<Answer>,
    fail: (errorType: string) => Answer,
  ): Promise<Answer> {
    const { fault } = this.#options;
    const run = (more: Spoilt = {}) => this.#invocation.run({ state, visit, ...more }, carryOut);
    const isStruck = fault?.state === state && visit >= fault.visit;
    return isStruck ? this.#spoilt(fault.name, visit - fault.visit + 1, run, fail) : run();
  }

  readonly call: Hooks['call'] = async (place, call) => {
    const invocation = this.#invocation.getStore();
    const carryOut = async () => {
      const answer = await call();
      if (invocation && hasEffect(place, answer) && !this.effective.has(invocation.state)) {
        this.effective.set(invocation.state, invocation.visit);
      }
      return answer;
    };
    const isOfPartner = place.startsWith('partner ');
    if (isOfPartner) {
      if (invocation) this.askingPartners.add(invocation.state);
      if (this.#options.time.now() < this.#awayUntil) {
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
      }
    }
    switch (invocation?.fault) {
      case 'crashes': {
        const answer = await carryOut();
        if (!hasEffect(place, answer)) return answer;
        this.struck = true;
        invocation.crash?.();
        return new Promise<never>(() => {});
      }
      case 'partner-garbles':
        if (!isOfPartner) return carryOut();
        this.struck = true;
        await carryOut();
        return GARBAGE as Awaited<ReturnType<typeof carryOut>>;
      case 'partner-late':
        if (!isOfPartner) return carryOut();
        this.struck = true;
        void this.#options
          .late()
          .then(carryOut)
          .catch(() => undefined);
        await this.#options.time.sleep(PATIENCE_MS);
        throw new Error(`There was no answer within ${PATIENCE_MS} ms.`);
      default:
        return carryOut();
    }
  };

  async #spoilt<Answer>(
    fault: FaultName,
    visit: number,
    run: (more?: Spoilt) => Promise<Answer>,
    fail: (errorType: string) => Answer,
  ): Promise<Answer> {
    const { time } = this.#options;
    if (fault === 'is-throttled' && visit <= THROTTLED_TIMES) {
      this.struck = true;
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    // What a partner does to its first request may meet a later invocation.
    const isOfRequest = fault === 'partner-garbles' || fault === 'partner-late';
    if (visit > 1 && !(isOfRequest && !this.struck)) return run();
    this.struck ||= !isOfRequest && fault !== 'crashes';
    switch (fault) {
      case 'throws-before':
        return fail('TypeError');
      case 'throws-after':
        await run();
        return fail('TypeError');
      case 'times-out-before':
        await time.sleep(TIMEOUT_MS);
        return fail('Sandbox.Timedout');
      case 'times-out-after':
        await Promise.all([run(), time.sleep(TIMEOUT_MS)]);
        return fail('Sandbox.Timedout');
      case 'answers-twice': {
        const [answer] = await Promise.all([run(), run()]);
        void time.sleep(AGAIN_MS).then(() => run());
        return answer;
      }
      case 'crashes': {
        const { promise, resolve } = Promise.withResolvers<void>();
        const crashed = promise.then(() => fail('Runtime.ExitError'));
        return Promise.race([crashed, run({ fault, crash: resolve })]);
      }
      case 'partner-away':
        this.takePartnersAway(AWAY_MS);
        return run();
      default:
        return run({ fault });
    }
  }
}

const failed = (errorType: string): InvocationResult => ({
  statusCode: 200,
  executedVersion: '1',
  functionError: 'Unhandled',
  payload: JSON.stringify({ errorType, errorMessage: 'As the case has it.', trace: [] }),
});
