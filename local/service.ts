import type { AwsError, Deliver, EndpointAnswer, EndpointRequest, JsonObject, Measurement } from './contracts.ts';
import type { EventSource } from './event-source.ts';
import type { ResourceTypes } from './resource.ts';

/**
 * One AWS service of the runtime. A folder beside this file exports it from its `service.ts`, and `services.ts` lists it:
 * the endpoint, the deployment, the meter, the start and the stop go through that list. A service leaves out the parts
 * for which it has no use.
 */
export interface Service {
  /** The service's name in policies and ARNs, such as `sqs` in `sqs:SendMessage` and in `arn:aws:sqs:…`. */
  readonly name: string;
  /** What this service makes of a template, by resource type. */
  readonly resources?: ResourceTypes;
  /** How a resource of a type is changed while it is in use. A change of any other type needs a start. */
  readonly updates?: ResourceTypes;
  /** What `X-Amz-Target` has before the dot in requests of this service. */
  readonly targets?: readonly string[];
  /**
   * Carries out one operation, by its name in the API, such as `PutEvents`.
   * @throws AwsError for everything that the real service would refuse, and for operations that this one does not have
   */
  handle?(operation: string, input: JsonObject): Promise<JsonObject>;
  /** The operations of `handle`; absent when the service asks an engine, which may have any. */
  readonly operations?: readonly string[];
  /** The call in a request without `X-Amz-Target`; undefined when the request is for no path of this service. */
  rest?(request: EndpointRequest): RestCall | undefined;
  /** An error as clients of `rest` read it. @default the endpoint's own form, JSON */
  restError?(error: AwsError): EndpointAnswer;
  /** The permissions that a caller's role needs for an operation. A service with `handle` or `rest` has them. */
  permissions?(operation: string, input: JsonObject): Permission[];
  /** Headers that clients of this service expect beside an error. */
  errorHeaders?(error: AwsError): Readonly<Record<string, string>>;
  /** The units that AWS would bill, such as `sqs.requests`. */
  readonly meters?: readonly string[];
  /** What is measured at intervals, and not when it happens; read once a minute. */
  gauges?(): Measurement[];
  /** Present when rules and on-failure destinations can name what this service has. */
  readonly receiver?: Receiver;
  /** Present when functions can be given events out of what this service has. */
  readonly eventSource?: EventSource;
  /** Starts what the service needs outside this process. Resources are made afterwards. */
  start?(): Promise<void>;
  /** Goes on with the work that was under way when the last run ended. Every resource is made by then. */
  resume?(): void;
  /** Stops the work; what is under way goes on in the next run. */
  close?(): Promise<void> | void;
}

/** One thing that a caller wants to do. */
export interface Permission {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
}

/** A call of an API that has paths where other services have `X-Amz-Target`. */
export interface RestCall {
  readonly operation: string;
  readonly input: JsonObject;
  readonly answer: () => Promise<EndpointAnswer>;
}

export interface Receiver {
  /** What the ARNs name, such as `a queue`. */
  readonly kind: string;
  readonly deliver: Deliver;
}
