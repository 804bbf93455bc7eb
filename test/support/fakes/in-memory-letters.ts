import type {
  LetterQuery,
  Letters,
  NewLetter,
  PlaceInLetters,
} from '../../../functions/dead-letters/application/ports.ts';
import type { Letter, LetterEntry, LetterState } from '../../../functions/dead-letters/domain/letter.ts';

const COMPARED = ['state', 'queue', 'eventType', 'error', 'orderId'] as const;
const isDone = (state: LetterState | undefined): boolean => state === 'handled' || state === 'dismissed';
const placeOf = ({ filedAt, letterId }: PlaceInLetters): string => `${filedAt}#${letterId}`;

export class InMemoryLetters implements Letters {
  readonly #letters = new Map<string, Letter>();
  readonly #messages = new Map<string, string>();

  async page(query: LetterQuery, limit: number, after?: PlaceInLetters) {
    const fitting = [...this.#letters.values()]
      .filter(({ state }) => isDone(state) === isDone(query.state))
      .filter((letter) => COMPARED.every((field) => query[field] === undefined || query[field] === letter[field]))
      .filter((letter) => query.filedBefore === undefined || placeOf(letter) < query.filedBefore)
      .sort((one, other) => placeOf(one).localeCompare(placeOf(other)));
    const sorted = isDone(query.state) ? fitting.reverse() : fitting;
    const start = after ? sorted.findIndex((letter) => placeOf(letter) === placeOf(after)) + 1 : 0;
    const items = sorted.slice(start, start + limit).map(({ body: _, history: __, ...summary }) => summary);
    return { items, ...(sorted.length > start + limit ? { next: placeIn(items.at(-1)!) } : {}) };
  }

  async find(letterId: string) {
    return this.#letters.get(letterId);
  }

  async counts() {
    const of = (state: LetterState) => [...this.#letters.values()].filter((letter) => letter.state === state).length;
    return { waiting: of('waiting'), resent: of('resent'), failed_again: of('failed_again'), more: false };
  }

  async file({ messageId, ...letter }: NewLetter, at: string) {
    const { letterId } = letter;
    if (this.#messages.get(letterId) === messageId) return;
    this.#messages.set(letterId, messageId);
    const known = this.#letters.get(letterId);
    const state = known ? 'failed_again' : 'waiting';
    const entry: LetterEntry = { what: known ? state : 'filed', at, ...(letter.error ? { error: letter.error } : {}) };
    const { closedAt: _, ...before } = known ?? { resends: 0, filedAt: at, sentAt: letter.sentAt, history: [] };
    const { filedAt, sentAt } = before;
    const history = [...before.history, entry];
    this.#letters.set(letterId, { ...before, ...letter, sentAt, filedAt, state, history });
  }

  async record(letterId: string, state: 'resent' | 'handled' | 'dismissed', entry: LetterEntry): Promise<LetterState> {
    const letter = this.#letters.get(letterId);
    if (!letter || isDone(letter.state)) return letter?.state ?? state;
    this.#letters.set(letterId, {
      ...letter,
      state,
      history: [...letter.history, entry],
      ...(isDone(state) ? { closedAt: entry.at } : {}),
      ...(entry.what === 'resent' ? { resends: letter.resends + 1, resentAt: entry.at } : {}),
    });
    return state;
  }
}

const placeIn = ({ filedAt, letterId }: PlaceInLetters): PlaceInLetters => ({ filedAt, letterId });
