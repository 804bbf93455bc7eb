import { AwsError } from './contracts.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** What asks for the next page; absent on the last one. */
  readonly nextToken?: string;
}

/**
 * A page of what is sorted by its keys.
 * @param token of the page before, opaque to clients
 * @param badToken the code of the service's refusal of a token that it never gave
 * @throws AwsError with that code
 */
export function pageOf<Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, token }: { readonly limit: number; readonly token?: string | undefined },
  badToken: string,
): Page<Item> {
  const after = token === undefined ? '' : keyIn(token, badToken);
  const rest = token === undefined ? sorted : sorted.filter((item) => keyOf(item) > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last !== undefined ? { items, nextToken: tokenOf(keyOf(last)) } : { items };
}

/** In the order of `pageOf`, which is that of characters and not of a language. */
export const sortedBy = <Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Item[] =>
  [...items].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

const tokenOf = (key: string): string => Buffer.from(`after ${key}`).toString('base64url');

function keyIn(token: string, badToken: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after ')) {
    throw new AwsError(badToken, `The token ${JSON.stringify(token)} is none of this service.`);
  }
  return text.slice('after '.length);
}
