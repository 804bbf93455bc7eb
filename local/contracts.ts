/** What the parts of the embedded runtime agree on. */
import type { DatabaseSync } from 'node:sqlite';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Time as the runtime sees it, in milliseconds since the epoch; tests pass a virtual one. */
export interface Clock {
  now(): number;
  /** Runs `action` once at `atMs` (at once when that is past). Returns what cancels it. */
  at(atMs: number, action: () => void): () => void;
}

/** An error as an AWS service answers it: `code` becomes `__type`, `status` the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  /** What the answer has beside code and message, such as the reasons of a cancelled transaction. */
  readonly details: JsonObject;
  constructor(code: string, message: string, status = 400, details: JsonObject = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** A request to the AWS endpoint, over HTTP or straight from the thread of a function. */
export interface EndpointRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the endpoint answers. The server adds `content-length` when it sends the answer. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Counts what AWS would bill. `dimension` is the function, table or queue. */
export interface Meter {
  /** @param unit one that a service declares in its `meters`, such as `sqs.requests` */
  count(unit: string, dimension: string, by?: number): void;
}

/** A metric as CloudWatch tells metrics apart. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Measurement extends MetricName {
  readonly value: number;
  /** Milliseconds since the epoch. @default now */
  readonly at?: number;
}

/** Takes what AWS would measure, for alarms. */
export interface Metrics {
  put(measurement: Measurement): void;
}

/** The answer of a function, as Lambda's Invoke gives it. `payload` is JSON text. */
export interface InvocationResult {
  readonly statusCode: number;
  /** Present when the function failed; `payload` is then `{errorType, errorMessage, trace}`. */
  readonly functionError?: 'Unhandled';
  readonly payload: string;
  readonly executedVersion: string;
}

export interface FunctionInvoker {
  /** @throws AwsError `ResourceNotFoundException` or `TooManyRequestsException` (throttled) as Lambda does. */
  invoke(functionNameOrArn: string, payload: string): Promise<InvocationResult>;
}

/** The access key of a function. */
export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Delivers text, which is JSON but for some input templates of rules, to a target by its ARN; rejects when it cannot.
 * @param attributes what a message in a queue says beside it
 */
export type Deliver = (
  targetArn: string,
  content: string,
  attributes?: Readonly<Record<string, string>>,
) => Promise<void>;

/** What every service is built from. */
export interface ServiceContext {
  /** The runtime's own journal; each service makes its tables with CREATE TABLE IF NOT EXISTS. */
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly metrics: Metrics;
  /** A fresh unique id (UUID), for message ids, request ids and the like. */
  readonly newId: () => string;
  /** Reports what a person running the app should know; never an expected condition. */
  readonly warn: (message: string) => void;
  readonly region: string;
  readonly account: string;
}
