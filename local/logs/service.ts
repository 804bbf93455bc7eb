import { arnOf } from '../arn.ts';
import type { ServiceContext } from '../contracts.ts';
import { ignored, physicalName, type ResourceTypes } from '../resource.ts';
import type { Service } from '../service.ts';

/** CloudWatch Logs: a log group is only a name that others refer to, because the logs of functions go to files here. */
export class LogsService implements Service {
  readonly name = 'logs';
  readonly resources: ResourceTypes;

  constructor(context: ServiceContext) {
    this.resources = {
      'AWS::Logs::LogGroup': (resource) => {
        const name = physicalName(resource, resource.properties.LogGroupName);
        return { ref: name, attributes: { Arn: arnOf(context, this.name, `log-group:${name}:*`) } };
      },
      'AWS::Logs::MetricFilter': ignored,
    };
  }
}
