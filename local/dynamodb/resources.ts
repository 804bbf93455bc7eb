import { present } from '../properties.ts';
import { physicalName, type ResourceTypes } from '../resource.ts';
import type { TableProvider } from './tables.ts';

/** @param tables asked when a table is made: they are there once the database has started */
export const tableResources = (tables: () => Pick<TableProvider, 'ensureTable'>): ResourceTypes => ({
  'AWS::DynamoDB::Table': async (resource) => {
    const name = physicalName(resource, resource.properties.TableName);
    const { arn, streamArn } = await tables().ensureTable(resource.properties, name);
    return { ref: name, attributes: { Arn: arn, ...present({ StreamArn: streamArn }) } };
  },
});
