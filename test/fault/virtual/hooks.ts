/** Where a test can reach into the platform's processes: every call that a function makes, and every invocation of a step or of a consumer. */
import type { InvocationResult } from '../../../local/contracts.ts';

export interface Hooks {
  /**
   * A call to what outlives the process.
   * @param place port and method, such as `log.append`, or `partner <name> <method>`
   */
  call<Answer>(place: string, carryOut: () => Promise<Answer>): Promise<Answer>;
  /** An invocation of a step by a state machine. */
  invoke(arn: string, payload: string, carryOut: () => Promise<InvocationResult>): Promise<InvocationResult>;
  /** A batch that a queue hands to its consumer: when it rejects, the messages come again. */
  consume<Answer>(consumer: string, carryOut: () => Promise<Answer>): Promise<Answer>;
}

export const NO_HOOKS: Hooks = {
  call: (_place, carryOut) => carryOut(),
  invoke: (_arn, _payload, carryOut) => carryOut(),
  consume: (_consumer, carryOut) => carryOut(),
};

/** The port, with the hook around each of its methods. */
export const hooked = <Port extends object>(name: string, port: Port, { call }: Pick<Hooks, 'call'>): Port =>
  new Proxy(port, {
    get: (target, method) => {
      const member: unknown = Reflect.get(target, method);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        call(`${name}.${String(method)}`, () => member.apply(target, args) as Promise<unknown>);
    },
  });
