import { arnOf, type Location } from '../arn.ts';
import type { Json, JsonObject } from '../contracts.ts';

export type Tags = Readonly<Record<string, string>>;

export interface BusDefinition {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
}

/** One target of a rule; at most one of `input`, `inputPath` and `inputTransformer`. */
export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  /** In whose name events are delivered; what it allows is checked. */
  readonly roleArn?: string;
  /** Constant JSON text. */
  readonly input?: string;
  /** Such as `$.detail`. */
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly inputPathsMap?: Readonly<Record<string, string>>;
    readonly inputTemplate: string;
  };
  /** A queue that gets what could not be delivered. */
  readonly deadLetterArn?: string;
  readonly retry?: { readonly maximumRetryAttempts?: number; readonly maximumEventAgeSeconds?: number };
}

export interface RuleDefinition {
  readonly name: string;
  /** Or its ARN. */
  readonly busName: string;
  readonly description?: string;
  readonly roleArn?: string;
  /** Which events it passes on; none when it only fires on schedule. */
  readonly pattern?: JsonObject;
  /** Such as `rate(5 minutes)`; on the default bus only. */
  readonly schedule?: string;
  readonly targets: readonly RuleTarget[];
  readonly enabled: boolean;
  readonly tags?: Tags;
}

/** An event as rules match it and targets get it. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds, UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /** The replay that brings the event again. */
  readonly 'replay-name'?: string;
}

/** An entry of PutEvents. */
export interface PutEventsEntry {
  readonly Source?: Json;
  readonly DetailType?: Json;
  /** JSON text of an object. */
  readonly Detail?: Json;
  /** A name or an ARN; the default bus when absent. */
  readonly EventBusName?: Json;
  readonly Resources?: Json;
  /** Seconds since the epoch, as the JSON protocol carries it, or ISO 8601 text. */
  readonly Time?: Json;
}

/** An event that an AWS service publishes on the default bus. */
export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
}

/** A rule on the default bus is named without it. */
export const ruleArn = (location: Location, busName: string, name: string): string =>
  arnOf(location, 'events', `rule/${busName === 'default' ? name : `${busName}/${name}`}`);
