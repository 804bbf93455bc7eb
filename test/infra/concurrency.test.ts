import { describe, expect, test } from 'vitest';
import { synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();

describe("Of the account's concurrency", () => {
  test('a part is kept for the check of tokens alone, as much as the deployment says', () => {
    const reserving = assembly
      .all('AWS::Lambda::Function')
      .filter(({ properties }) => properties.ReservedConcurrentExecutions !== undefined);
    expect(reserving.map(({ properties }) => properties.Description as string)).toEqual(['identity/authorise-request']);
    const choice = reserving[0]!.properties.ReservedConcurrentExecutions['Fn::If'] as [string, ...unknown[]];
    expect(choice.slice(1)).toEqual([{ Ref: 'AuthoriserConcurrency' }, { Ref: 'AWS::NoValue' }]);
    expect(assembly.stateless.Conditions?.[choice[0]]).toEqual({
      'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AuthoriserConcurrency' }, '0'] }],
    });
    expect(assembly.stateless.Parameters['AuthoriserConcurrency']).toMatchObject({ Default: '100' });
  });

  const ofQueues = assembly
    .all('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.StartingPosition === undefined);

  test.each(ofQueues)('a queue that is full takes no more than its part: $id', ({ properties }) => {
    expect(properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    expect(properties.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(5);
  });
});
