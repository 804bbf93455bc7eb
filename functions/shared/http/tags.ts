/** A group of operations in the API document. A context has its own; this one belongs to several. */
export interface Tag {
  readonly name: string;
  readonly description: string;
}

export const OPERATIONS: Tag = { name: 'Operations', description: 'Operating the platform.' };

export const TASKS: Tag = {
  name: 'Tasks',
  description:
    'What waits for a person: an undo that keeps failing, a held order, an order that makes no progress. For operators.',
};
