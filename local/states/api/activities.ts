import { arnOf } from '../../arn.ts';
import { AwsError } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import type { Activity } from '../activities.ts';
import { checkName, invalid, optionalText, pageOf, pageSize, text } from '../input.ts';
import { seconds } from '../wire.ts';
import type { ApiParts } from './parts.ts';

const ARN = /^arn:[^:]+:states:[^:]+:\d{12}:activity:.+$/;

export function activityOperations({ activities, context }: Pick<ApiParts, 'activities' | 'context'>): Operations {
  const existing = (arn: string): Activity => {
    if (!ARN.test(arn)) throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
    const activity = activities.find(arn);
    if (!activity) throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
    return activity;
  };
  return {
    /** Creating it again gives the one that there is. */
    CreateActivity(input) {
      if (Array.isArray(input.tags) && input.tags.length > 0) throw invalid('tags', input.tags, 'none for an activity');
      const name = checkName(text(input, 'name'));
      const { arn, createdAt } = activities.create(arnOf(context, 'states', `activity:${name}`), name);
      return { activityArn: arn, creationDate: seconds(createdAt) };
    },

    DescribeActivity(input) {
      const { arn, name, createdAt } = existing(text(input, 'activityArn'));
      const encryptionConfiguration = { type: 'AWS_OWNED_KEY' };
      return { activityArn: arn, name, creationDate: seconds(createdAt), encryptionConfiguration };
    },

    ListActivities(input) {
      const limit = pageSize(input);
      const rows = activities.page(optionalText(input, 'nextToken') ?? '', limit + 1);
      const { page, next } = pageOf(rows, limit, ({ arn }) => arn);
      return {
        activities: page.map(({ arn, name, createdAt }) => ({
          ...{ activityArn: arn, name, creationDate: seconds(createdAt) },
        })),
        ...next,
      };
    },

    /** One that is not there is as good as deleted. */
    DeleteActivity(input) {
      const arn = text(input, 'activityArn');
      if (!ARN.test(arn)) throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
      activities.delete(arn);
      return {};
    },

    /** Waits for a task for a minute; without one, the token is null. */
    async GetActivityTask(input) {
      const { arn } = existing(text(input, 'activityArn'));
      const task = await activities.take(arn, optionalText(input, 'workerName'));
      return task ? { taskToken: task.token, input: task.input } : { taskToken: null };
    },
  };
}
