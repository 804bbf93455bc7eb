/** The messages between the runtime's thread and a function's worker thread. */
import type { MessagePort } from 'node:worker_threads';
import type { EndpointAnswer, EndpointRequest } from '../contracts.ts';
import type { Shortcut } from '../shortcut.ts';

export interface WorkerData {
  readonly handlerFile: string;
  readonly handlerExport: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  /** The AWS endpoint, and the port that {@link EndpointCall} and {@link EndpointReply} go through. */
  readonly endpoint?: {
    readonly url: string;
    readonly port: MessagePort;
    readonly shortcut?: Pick<Shortcut, 'module' | 'data'>;
  };
}

/** From the worker: a request of the AWS endpoint. */
export interface EndpointCall {
  /** Unlike that of any other call of this worker. */
  readonly id: number;
  readonly request: EndpointRequest;
}

/** To the worker: what the endpoint answered. */
export interface EndpointReply {
  readonly id: number;
  readonly answer: EndpointAnswer;
}

/** To the worker: one invocation. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  readonly deadlineAt: number;
}

/** From the worker: what happened, and what was gathered since its last message. */
export type WorkerMessage = WorkerNews & {
  /** What it has written. */
  readonly log: string;
  /** What the shortcut has reported. */
  readonly reports: readonly unknown[];
};

export type WorkerNews =
  | { readonly kind: 'ready' | 'gathered' }
  | { readonly kind: 'init-failed'; readonly error: string }
  /** `payload` is JSON text: the answer, or for `failed` a {@link FunctionFailure}. */
  | ({ readonly kind: 'done' | 'failed'; readonly payload: string } & Spent)
  /** An error that nothing caught; `payload` says which. The thread is ending. */
  | ({ readonly kind: 'dying'; readonly payload: string } & Spent)
  /** The invocation's payload is not JSON. */
  | { readonly kind: 'unparsable' };

/** What an invocation took, in milliseconds. */
export interface Spent {
  /** Time in the handler, without init. */
  readonly durationMs: number;
  /** Processor time of the function's thread meanwhile, without V8's helpers. */
  readonly processorMs: number;
}

/** A failed invocation's payload, as Lambda gives it. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}
