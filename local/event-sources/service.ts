import { namedArn, serviceOf } from '../arn.ts';
import type { Deliver, FunctionInvoker, ServiceContext } from '../contracts.ts';
import type { Poller } from '../event-source.ts';
import type { IamService } from '../iam/service.ts';
import { textOf } from '../properties.ts';
import { type Made, type Resource, type ResourceTypes, refuseProperties } from '../resource.ts';
import type { Service } from '../service.ts';

export interface EventSourcesOptions {
  /** The services whose event sources can be mapped. */
  readonly sources: readonly Service[];
  readonly invoker: FunctionInvoker;
  readonly deliver: Deliver;
  readonly iam: Pick<IamService, 'authoriseFunction'>;
}

/** Lambda's event source mappings. Each source's own service has the poller; here pollers are started and stopped. */
export class EventSourcesService implements Service {
  readonly name = 'event-sources';
  readonly resources: ResourceTypes = { 'AWS::Lambda::EventSourceMapping': (resource) => this.#map(resource) };
  readonly #context: ServiceContext;
  readonly #options: EventSourcesOptions;
  readonly #starts: (() => Poller)[] = [];
  readonly #pollers: Poller[] = [];

  constructor(context: ServiceContext, options: EventSourcesOptions) {
    this.#context = context;
    this.#options = options;
  }

  /**
   * Starts the pollers, for which the functions may need any resource.
   * @throws AwsError when the role of a function does not allow what the poller does in its name
   */
  resume(): void {
    for (const start of this.#starts.splice(0)) this.#pollers.push(start());
  }

  async close(): Promise<void> {
    await Promise.all(this.#pollers.map((poller) => poller.close()));
  }

  #map(resource: Resource): Made {
    const { stack, logicalId, properties } = resource;
    refuseProperties(resource, ['TumblingWindowInSeconds']);
    const sourceArn = textOf(properties.EventSourceArn);
    const { sources, invoker, deliver, iam } = this.#options;
    const source = sources.find(({ name }) => name === serviceOf(sourceArn))?.eventSource;
    if (source === undefined) {
      const known = sources.map(({ name }) => name).join(' and ');
      throw new Error(`It maps from ${serviceOf(sourceArn)}; this runtime has event sources from ${known}.`);
    }
    const startPoller = source.map(resource);
    const functionArn = namedArn(this.#context, 'lambda', 'function:', textOf(properties.FunctionName));
    if (properties.Enabled !== false) {
      this.#starts.push(() => {
        const needed = source.actions.map((action) => ({ action, resource: sourceArn }));
        iam.authoriseFunction(functionArn, needed);
        return startPoller({ functionArn, invoker, deliver });
      });
    }
    const id = `${stack}-${logicalId}`;
    return { ref: id, attributes: { Id: id } };
  }
}
