import type { Json } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { textOf } from '../../properties.ts';
import { tagsIn } from './input.ts';
import type { ApiParts } from './parts.ts';

/** Of buses and rules. */
export const tagOperations = ({ catalogue }: ApiParts): Operations => ({
  TagResource(input) {
    const { tags, set } = catalogue.tagsOf(textOf(input.ResourceARN));
    set({ ...tags, ...tagsIn(input) });
    return {};
  },
  UntagResource(input) {
    const { tags, set } = catalogue.tagsOf(textOf(input.ResourceARN));
    const keys: Json[] = Array.isArray(input.TagKeys) ? input.TagKeys : [];
    set(Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))));
    return {};
  },
  ListTagsForResource(input) {
    const { tags } = catalogue.tagsOf(textOf(input.ResourceARN));
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
