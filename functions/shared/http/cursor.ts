import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Problem } from './problem.ts';
import { INVALID_CURSOR } from './problems.ts';

const MAX_CURSOR_LENGTH = 2_048;

/**
 * The end of a page of one query, as an opaque text. It carries the position and a fingerprint of the query, and needs no
 * secret: code that decodes it builds keys from the query at hand and takes only the position within it from the cursor, so
 * that a forged one can only point to items that its sender may see anyway.
 * See docs/decisions/0014-cursors-carry-no-secret.md.
 */
export class Cursors<Position> {
  readonly #schema: z.ZodType<{ query: string; position: Position }>;
  readonly #query: string;

  readonly #isWithin: (position: Position) => boolean;

  /**
   * @param query everything that decides the content of a page, except the limit
   * @param isWithin whether a position can be one of the query. @default every one can
   */
  constructor(
    position: z.ZodType<Position>,
    query: Readonly<Record<string, unknown>>,
    isWithin: (position: Position) => boolean = () => true,
  ) {
    this.#isWithin = isWithin;
    this.#schema = z.strictObject({ query: z.string(), position });
    this.#query = createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);
  }

  encode(position: Position): string {
    return Buffer.from(JSON.stringify({ query: this.#query, position })).toString('base64url');
  }

  /** The end of the page before; undefined without a cursor. @throws Problem `invalid-cursor` for a text that is no cursor of this query */
  decode(cursor: string | undefined): Position | undefined {
    if (cursor === undefined) return undefined;
    const parsed = this.#schema.safeParse(cursor.length <= MAX_CURSOR_LENGTH ? parse(cursor) : undefined);
    if (!parsed.success) throw invalidCursor('This is no cursor; take `next` of an answer as it is.');
    if (parsed.data.query !== this.#query) {
      throw invalidCursor('This cursor belongs to another query; repeat the one that it came from.');
    }
    if (!this.#isWithin(parsed.data.position)) throw invalidCursor('This cursor points outside its query.');
    return parsed.data.position;
  }
}

const invalidCursor = (detail: string): Problem => new Problem(INVALID_CURSOR, detail);

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
