import { arnOf } from '../arn.ts';
import type { Metrics, ServiceContext } from '../contracts.ts';
import { ignored, physicalName, type ResourceTypes } from '../resource.ts';
import type { Service } from '../service.ts';
import { embeddedMetrics } from './embedded-metrics.ts';

/**
 * CloudWatch Logs: a log group is only a name that others refer to, because the logs of functions go to files here. Metrics in
 * them are found.
 */
export class LogsService implements Service {
  readonly name = 'logs';
  readonly resources: ResourceTypes;
  readonly #metrics: Metrics;

  constructor(context: ServiceContext) {
    this.#metrics = context.metrics;
    this.resources = {
      'AWS::Logs::LogGroup': (resource) => {
        const name = physicalName(resource, resource.properties.LogGroupName);
        return { ref: name, attributes: { Arn: arnOf(context, this.name, `log-group:${name}:*`) } };
      },
      'AWS::Logs::MetricFilter': ignored,
    };
  }

  /** Takes what functions write: lines in embedded metric format become metrics. */
  ingest(text: string): void {
    for (const measurement of embeddedMetrics(text)) this.#metrics.put(measurement);
  }
}
