/**
 * Reads one page after the other, until there is none or somebody stops it.
 * @param onRead is told after each page how many items there are so far
 */
export async function readPages<Item>(
  read: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly next?: string | undefined }>,
  onRead: (count: number) => void,
  signal: AbortSignal,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await read(cursor);
    all.push(...items);
    onRead(all.length);
    cursor = next;
  } while (cursor !== undefined && !signal.aborted);
  return all;
}
