import { AwsError, type Json, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { objects } from '../../properties.ts';
import { invalid, machineArn } from '../input.ts';
import type { Machines, Tags } from '../machines.ts';

const MAX_TAGS = 50;
const KEY = /^.{1,128}$/s;

export const tagOperations = (machines: Machines): Operations => ({
  TagResource(input) {
    const arn = machineArn(input, 'resourceArn');
    machines.setTags(arn, limited({ ...machines.tags(arn), ...tagsOf(input) }, arn));
    return {};
  },
  UntagResource(input) {
    const arn = machineArn(input, 'resourceArn');
    const keys: Json[] = Array.isArray(input.tagKeys) ? input.tagKeys : [];
    const left = Object.entries(machines.tags(arn)).filter(([key]) => !keys.includes(key));
    machines.setTags(arn, Object.fromEntries(left));
    return {};
  },
  ListTagsForResource(input) {
    const tags = machines.tags(machineArn(input, 'resourceArn'));
    return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
  },
});

/** The tags of a request. */
export function tagsOf(input: JsonObject): Tags {
  const tags = objects(input.tags).map(({ key, value = '' }) => {
    if (typeof key === 'string' && KEY.test(key) && typeof value === 'string' && value.length <= 256) {
      return [key, value] as const;
    }
    throw invalid('tags', { key: key ?? null, value }, 'a key of 1 to 128 characters with a value of up to 256');
  });
  return limited(Object.fromEntries(tags), 'the state machine');
}

function limited(tags: Tags, arn: string): Tags {
  if (Object.keys(tags).length <= MAX_TAGS) return tags;
  throw new AwsError('TooManyTags', `There would be more than ${MAX_TAGS} tags.`, 400, { resourceName: arn });
}
