import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

export function busesAndQueues(platform: SuitePlatform): void {
  testWith('the text of an event as it was sent')(
    'SDK clients make a bus that archives into and replays to a queue of theirs, and cannot delete what the app declares',
    async () => {
      const config = operatorClientConfig(platform.instance.endpointUrl);
      const events = new EventBridgeClient(config);
      const sqs = new SQSClient(config);
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'clients-own' }));
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
      );
      const bus = { EventBusName: 'clients-own' };
      const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: 'clients-own' }));
      await events.send(new CreateArchiveCommand({ ArchiveName: 'clients-own', EventSourceArn: EventBusArn }));
      await events.send(new PutRuleCommand({ ...bus, Name: 'all', EventPattern: '{"source":["client"]}' }));
      await events.send(
        new PutTargetsCommand({
          ...bus,
          Rule: 'all',
          Targets: [{ Id: 'q', Arn: Attributes.QueueArn, InputPath: '$.detail' }],
        }),
      );
      const bodies: (string | undefined)[] = [];
      const received = (times: number) =>
        eventually(`message ${times}`, async () => {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
          bodies.push(...Messages.map(({ Body }) => Body));
          return bodies.length >= times ? bodies : undefined;
        });
      await events.send(
        new PutEventsCommand({ Entries: [{ ...bus, Source: 'client', DetailType: 'Tried', Detail: '{"a":1}' }] }),
      );
      await received(1);
      await events.send(
        new StartReplayCommand({
          ReplayName: 'clients-own',
          EventSourceArn: EventBusArn?.replace('event-bus/', 'archive/'),
          Destination: { Arn: EventBusArn },
          EventStartTime: new Date(Date.now() - 60_000),
          EventEndTime: new Date(Date.now() + 60_000),
        }),
      );
      expect(await received(2)).toEqual(['{"a":1}', '{"a":1}']);

      const { Rules = [] } = await events.send(new ListRulesCommand({}));
      await expect(events.send(new DeleteRuleCommand({ Name: Rules[0]?.Name }))).rejects.toMatchObject({
        name: 'ManagedRuleException',
      });
      events.destroy();
      sqs.destroy();
    },
  );
}
