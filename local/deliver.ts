import { serviceOf } from './arn.ts';
import { AwsError, type Deliver } from './contracts.ts';
import type { Service } from './service.ts';

/** Delivers to what these services have, by ARN: the targets of rules, and destinations of what a function failed on. */
export const deliverTo =
  (services: readonly Service[]): Deliver =>
  async (targetArn, payload) => {
    const receiver = services.find(({ name }) => name === serviceOf(targetArn))?.receiver;
    if (receiver === undefined) {
      const kinds = services.flatMap(({ receiver: known }) => known?.kind ?? []).join(' nor ');
      throw new AwsError(
        'ValidationException',
        `The target ${targetArn} is neither ${kinds}, which is what this runtime delivers to.`,
      );
    }
    await receiver.deliver(targetArn, payload);
  };
