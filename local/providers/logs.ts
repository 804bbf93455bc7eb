import { arn, type Provider, physicalName } from './provider.ts';

/** A name to refer to: logs of functions go to files here. */
export const logGroup: Provider = (resource, { context }) => {
  const name = physicalName(resource, resource.properties.LogGroupName);
  return { ref: name, attributes: { Arn: arn(context, 'logs', `log-group:${name}:*`) } };
};
