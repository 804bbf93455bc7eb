import type { FunctionFailure, Spent } from './protocol.ts';

/** How one invocation ended, seen from the runtime's thread. `payload` is JSON text. */
export interface Outcome extends Spent {
  readonly kind: 'done' | 'failed' | 'unparsable';
  readonly payload: string;
}

export const failed = (failure: FunctionFailure, durationMs: number): Outcome => ({
  kind: 'failed',
  payload: JSON.stringify(failure),
  durationMs,
  // A thread that has ended does not say.
  processorMs: 0,
});

export const timedOut = (requestId: string, timeoutMs: number): FunctionFailure => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
});

export const exited = (requestId: string, exitCode: number): FunctionFailure => ({
  errorType: 'Runtime.ExitError',
  errorMessage:
    exitCode === 0
      ? `RequestId: ${requestId} Error: Runtime exited without providing a reason`
      : `RequestId: ${requestId} Error: Runtime exited with error: exit status ${exitCode}`,
});

export const outOfMemory = (requestId: string, memoryMb: number): FunctionFailure => ({
  errorType: 'Runtime.OutOfMemory',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed (memory size ${memoryMb} MB)`,
});
