import { afterAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../local/contracts.ts';
import { ResourceRegistry } from '../../../local/resource-registry.ts';
import { allServices } from './all-services.ts';

const services = allServices();
afterAll(() => services.remove());
const registry = new ResourceRegistry(services.all);
const make = (type: string, properties: JsonObject = {}) =>
  registry.make({ stack: 'Shop', logicalId: 'Thing', type, properties, assets: new Map() });

describe('A resource type', () => {
  test('that changes nothing on one machine is not made, and can be referred to', async () => {
    expect(await make('AWS::CloudWatch::Dashboard', { DashboardName: 'x' })).toEqual({ ref: 'Shop-Thing' });
    expect([...registry.leftOut]).toEqual(['AWS::CloudWatch::Dashboard']);
    expect((await make('AWS::Logs::LogGroup', { LogGroupName: '/app' })).attributes).toEqual({
      Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/app:*',
    });
  });

  test('that is unknown is refused with the list of those there are', async () => {
    await expect(make('AWS::Kinesis::Stream')).rejects.toThrow(
      /does not have the type.*AWS::DynamoDB::Table.*AWS::SQS::Queue/,
    );
  });
});
