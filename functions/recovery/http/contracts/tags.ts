import type { Tag } from '../../../shared/http/tags.ts';

export const TASKS: Tag = {
  name: 'Tasks',
  description:
    'What waits for a person: an undo that keeps failing, a held order, an order that makes no progress. For operators.',
};
