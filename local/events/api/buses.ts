import { arnOf } from '../../arn.ts';
import { AwsError, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { present } from '../../properties.ts';
import type { Bus } from '../catalogue.ts';
import { busName, invalid, listed, optionalText, refuseParts, seconds, tagsIn } from './input.ts';
import type { ApiParts } from './parts.ts';

const MISSING = ['EventSourceName', 'KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig'];

export const busOperations = ({ context, catalogue }: ApiParts): Operations => ({
  CreateEventBus(input) {
    const name = busName(input.Name);
    refuseParts(input, MISSING);
    if (catalogue.findBus(name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    const now = context.clock.now();
    const description = present({ description: optionalText(input, 'Description') });
    const arn = arnOf(context, 'events', `event-bus/${name}`);
    catalogue.putBus({ name, arn, ...description, createdAt: now, updatedAt: now, tags: tagsIn(input) });
    return { EventBusArn: arn, ...present({ Description: description.description }) };
  },

  UpdateEventBus(input) {
    const bus = catalogue.bus(input.Name);
    refuseParts(input, MISSING);
    const Description = optionalText(input, 'Description');
    catalogue.putBus({ ...bus, ...present({ description: Description }), updatedAt: context.clock.now() });
    return { Arn: bus.arn, Name: bus.name, ...present({ Description }) };
  },

  DescribeEventBus: ({ Name }) => describeBus(catalogue.bus(Name)),

  ListEventBuses(input) {
    const prefix = optionalText(input, 'NamePrefix') ?? '';
    const found = catalogue.buses().filter(({ name }) => name.startsWith(prefix));
    return listed(found, input, { as: 'EventBuses', keyOf: ({ name }) => name, describe: describeBus });
  },

  DeleteEventBus({ Name }) {
    if (Name === 'default') throw invalid('Cannot delete event bus default.');
    const bus = catalogue.bus(busName(Name));
    catalogue.declared.refuseDeletion(bus.arn, 'ValidationException');
    if ([...catalogue.rulesOn(bus)].length > 0) {
      throw invalid(`Event bus ${bus.name} can't be deleted since it has rules.`);
    }
    catalogue.removeBus(bus);
    return {};
  },
});

const describeBus = ({ name, arn, description, policy, createdAt, updatedAt }: Bus): JsonObject => ({
  Name: name,
  Arn: arn,
  ...present({ Description: description, Policy: policy }),
  CreationTime: seconds(createdAt),
  LastModifiedTime: seconds(updatedAt),
});
