import { arnOf, namedArn } from '../arn.ts';
import type { EndpointRequest, JsonObject, ServiceContext } from '../contracts.ts';
import { filledText, textOf } from '../properties.ts';
import { type Made, type Resource, type ResourceTypes, refuseProperties } from '../resource.ts';
import type { Permission, RestCall, Service } from '../service.ts';
import { type EventSourcesOptions, Mappings } from './mappings.ts';
import { mappingCall } from './rest.ts';

/** Lambda's event source mappings. Each source's own service has the poller; here pollers are started and stopped. */
export class EventSourcesService implements Service {
  readonly name = 'event-sources';
  readonly resources: ResourceTypes = { 'AWS::Lambda::EventSourceMapping': (resource) => this.#map(resource) };
  readonly #context: ServiceContext;
  readonly #mappings: Mappings;

  constructor(context: ServiceContext, options: EventSourcesOptions) {
    this.#context = context;
    this.#mappings = new Mappings(context, options);
  }

  rest(request: EndpointRequest): RestCall | undefined {
    return mappingCall(request, this.#mappings, this.#context);
  }

  permissions(operation: string, { UUID }: JsonObject): Permission[] {
    const uuid = filledText(UUID);
    const resource = uuid === undefined ? '*' : arnOf(this.#context, 'lambda', `event-source-mapping:${uuid}`);
    return [{ action: `lambda:${operation}`, resource }];
  }

  /**
   * Starts the pollers, for which the functions may need any resource.
   * @throws AwsError when the role of a function does not allow what the poller does in its name
   */
  resume(): void {
    this.#mappings.resume();
  }

  close(): Promise<void> {
    return this.#mappings.close();
  }

  #map(resource: Resource): Made {
    const { stack, logicalId, properties } = resource;
    refuseProperties(resource, ['TumblingWindowInSeconds']);
    const { EventSourceArn, FunctionName, Enabled, ...settings } = properties;
    const uuid = `${stack}-${logicalId}`;
    this.#mappings.declare({
      uuid,
      eventSourceArn: textOf(EventSourceArn),
      functionArn: namedArn(this.#context, 'lambda', 'function:', textOf(FunctionName)),
      enabled: Enabled !== false,
      settings,
      updatedAt: this.#context.clock.now(),
    });
    return { ref: uuid, attributes: { Id: uuid } };
  }
}
