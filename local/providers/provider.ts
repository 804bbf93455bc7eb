import type { ApiGateway } from '../apigateway/service.ts';
import type { Made, Resource } from '../assembly/deploy.ts';
import type { Json, JsonObject, ServiceContext } from '../contracts.ts';
import type { StreamEventSource } from '../dynamodb/stream-event-source.ts';
import type { TableProvider } from '../dynamodb/table-provider.ts';
import type { SqsEventSource } from '../event-sources/sqs-event-source.ts';
import type { EventsService } from '../events/service.ts';
import type { Callers } from '../iam/callers.ts';
import type { Policies } from '../iam/policies.ts';
import { textOf } from '../json-text.ts';
import type { LambdaService } from '../lambda/service.ts';
import type { SqsService } from '../sqs/service.ts';
import type { StatesService } from '../states/service.ts';
import type { RestApis } from './rest-apis.ts';

/** The services that resources are made in. */
export interface Services {
  readonly context: ServiceContext;
  readonly tables: TableProvider;
  readonly lambda: LambdaService;
  readonly sqs: SqsService;
  readonly events: EventsService;
  readonly states: StatesService;
  readonly apiGateway: ApiGateway;
  readonly restApis: RestApis;
  readonly sqsSource: SqsEventSource;
  readonly streamSource: StreamEventSource;
  readonly policies: Policies;
  readonly callers: Callers;
  readonly queueUrl: (name: string) => string;
  /** What starts work, to be run when every resource of every stack is made: it waits for all it may need. */
  readonly onceMade: (() => void)[];
}

/** Makes resources of one type. @throws Error for properties whose meaning this runtime cannot give */
export type Provider = (resource: Resource, services: Services) => Made | Promise<Made>;

/** The given name, or one made of stack and logical id: the same on every start. */
export const physicalName = ({ stack, logicalId }: Resource, given: Json | undefined): string =>
  typeof given === 'string' ? given : `${stack}-${logicalId}`;

export const arn = ({ region, account }: ServiceContext, service: string, rest: string): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

export const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

export const seconds = (value: Json | undefined, preset: number): number => Number(value ?? preset) * 1_000;

export const text = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : textOf(value);

/** CloudFormation takes numbers as text too. */
export const number = (value: Json | undefined): number | undefined =>
  value === undefined || value === null ? undefined : Number(value);

/** The function in the URI of an API's integration or authoriser. */
export const invokedBy = (uri: Json | undefined): string | undefined =>
  /functions\/(arn:[^/]+)\/invocations$/.exec(text(uri) ?? '')?.[1];

/** The fields that have a value: what a template leaves out stays left out. */
export const present = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Fields]?: Exclude<Fields[Field], undefined>;
  };

/** @throws Error when the resource has one of these properties: leaving it out would change what the app does */
export function refuseProperties({ properties }: Resource, names: readonly string[]): void {
  const found = names.find((name) => properties[name] !== undefined && properties[name] !== false);
  if (found !== undefined) throw new Error(`It has ${found}, which this runtime does not have.`);
}
