import { type Provider, physicalName } from './provider.ts';

export const table: Provider = async (resource, { tables }) => {
  const name = physicalName(resource, resource.properties.TableName);
  const { arn, streamArn } = await tables.ensureTable(resource.properties, name);
  return { ref: name, attributes: { Arn: arn, ...(streamArn === undefined ? {} : { StreamArn: streamArn }) } };
};
