import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeStateMachineAliasCommand,
  ListStateMachineAliasesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  TestStateCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { jsonEndpoint } from '../sqs/json-endpoint.ts';
import { Engine, machine, ROLE, task } from './engine.ts';

const definition = JSON.stringify(machine({ Done: { Type: 'Succeed' } }));

test('an SDK client reads what the engine answers about machines, versions, aliases and states', async () => {
  const engine = new Engine();
  const now = new Date(engine.clock.now());
  await using endpoint = await jsonEndpoint(engine.service);
  const client = new SFNClient({ ...endpoint.client, disableHostPrefix: true });
  const tags = [{ key: 'team', value: 'a' }];

  const { stateMachineArn, stateMachineVersionArn, creationDate } = await client.send(
    new CreateStateMachineCommand({ name: 'mine', definition, roleArn: ROLE, publish: true, tags }),
  );
  expect(creationDate).toEqual(now);
  const changed = JSON.stringify(machine({ Done: { Type: 'Pass', End: true } }));
  const { revisionId } = await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: changed }));
  const second = await client.send(new PublishStateMachineVersionCommand({ stateMachineArn, revisionId }));
  const versions = await client.send(new ListStateMachineVersionsCommand({ stateMachineArn }));
  expect(versions.stateMachineVersions).toEqual(
    [second.stateMachineVersionArn, stateMachineVersionArn].map((arn) => ({
      stateMachineVersionArn: arn,
      creationDate: now,
    })),
  );
  expect((await client.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }))).tags).toEqual(tags);

  const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
  const { stateMachineAliasArn } = await client.send(
    new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration, description: 'in use' }),
  );
  expect(await client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }))).toMatchObject({
    name: 'live',
    description: 'in use',
    routingConfiguration,
    updateDate: now,
  });
  const aliases = await client.send(new ListStateMachineAliasesCommand({ stateMachineArn }));
  expect(aliases.stateMachineAliases).toEqual([{ stateMachineAliasArn, creationDate: now }]);

  expect(await client.send(new ValidateStateMachineDefinitionCommand({ definition }))).toMatchObject({ result: 'OK' });
  expect(
    await client.send(
      new TestStateCommand({
        definition: JSON.stringify({ QueryLanguage: 'JSONata', ...task({ Retry: [{ ErrorEquals: ['Busy'] }] }) }),
        mock: { errorOutput: { error: 'Busy' } },
        inspectionLevel: 'DEBUG',
      }),
    ),
  ).toMatchObject({
    status: 'RETRIABLE',
    error: 'Busy',
    inspectionData: { input: '{}', errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 1 } },
  });
  client.destroy();
});
