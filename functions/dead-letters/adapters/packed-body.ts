import { gunzipSync, gzipSync } from 'node:zlib';

/** An item has 400 KB at most, and a message may have a megabyte: what is long is compressed. */
const LONGEST_AS_IT_IS = 64 * 1_024;

/** The fields that hold the message of a letter. */
export const packed = (body: string): { readonly body: string } | { readonly packed: Uint8Array } =>
  body.length <= LONGEST_AS_IT_IS ? { body } : { packed: gzipSync(body) };

export const unpacked = (item: Readonly<Record<string, unknown>>): string =>
  item.packed instanceof Uint8Array
    ? gunzipSync(item.packed).toString('utf8')
    : ((item.body as string | undefined) ?? '');
