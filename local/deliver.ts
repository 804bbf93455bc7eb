import { serviceOf } from './arn.ts';
import { AwsError, type Deliver } from './contracts.ts';
import type { Permission, Receiver, Service } from './service.ts';

/** Delivers to what these services have, by ARN: the targets of rules, and destinations of what a function failed on. */
export const deliverTo =
  (services: readonly Service[]): Deliver =>
  async (targetArn, ...delivery) =>
    receiverOf(services, targetArn).deliver(targetArn, ...delivery);

/** @throws AwsError for what this runtime does not deliver to */
export function receiverOf(services: readonly Service[], targetArn: string): Receiver {
  const receiver = services.find(({ name }) => name === serviceOf(targetArn))?.receiver;
  if (receiver !== undefined) return receiver;
  const kinds = services.flatMap(({ receiver: known }) => known?.kind ?? []).join(' nor ');
  throw new AwsError(
    'ValidationException',
    `The target ${targetArn} is neither ${kinds}, which is what this runtime delivers to.`,
  );
}

const DELIVERY_ACTIONS: Readonly<Record<string, string>> = {
  events: 'events:PutEvents',
  lambda: 'lambda:InvokeFunction',
  sns: 'sns:Publish',
  sqs: 'sqs:SendMessage',
  states: 'states:StartExecution',
};

/** What a role must allow so that AWS can deliver in its name. */
export function deliveryPermissions(targetArn: string): Permission[] {
  const action = DELIVERY_ACTIONS[serviceOf(targetArn) ?? ''];
  return action === undefined ? [] : [{ action, resource: targetArn }];
}
