import * as z from 'zod';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { cleanCharacters } from '../../shared/http/text.ts';
import type { PlaceInSearch } from '../application/find-orders.ts';
import { askedWords, lookupsOf, MAX_QUERY, type Word, wordsOf } from '../domain/search/words.ts';

/** The query of `GET /api/v1/orders/search`. */
export const searchQuery = z.strictObject({
  q: z
    .string('It is missing; expected what to search for.')
    .max(MAX_QUERY, {
      error: ({ input }) => `It has ${(input as string).length} characters; at most ${MAX_QUERY} are taken.`,
    })
    .check(cleanCharacters)
    .transform((text, context): readonly Word[] => {
      const words = wordsOf(text);
      if (words.ok) return words.value;
      context.addIssue({ code: 'custom', message: words.refusal });
      return z.NEVER;
    }),
  limit: limitParameter,
  cursor: z.string().optional(),
});

/** The content of the search's cursor. */
export const placeInSearch: z.ZodType<PlaceInSearch> = z.strictObject({
  word: z.int().min(0),
  lookup: z.int().min(0),
  place: z.string().max(1_000).optional(),
});

/** Whether the place is one that the search can come to. */
export function isWithin(words: readonly Word[], { word, lookup, place }: PlaceInSearch): boolean {
  const asked = askedWords(words)[word];
  const beginning = asked && lookupsOf(asked)[lookup];
  return beginning !== undefined && (place === undefined || place.startsWith(beginning.text));
}
