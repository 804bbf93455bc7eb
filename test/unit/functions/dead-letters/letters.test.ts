import { describe, expect, test, vi } from 'vitest';
import { fileLetters } from '../../../../functions/dead-letters/application/file-letters.ts';
import type { DeadLetterSource, DeadMessage } from '../../../../functions/dead-letters/application/ports.ts';
import {
  dismissLetter,
  resendLetter,
  resendLetters,
} from '../../../../functions/dead-letters/application/resend-letters.ts';
import { errorIn, subjectOf } from '../../../../functions/dead-letters/domain/read-message.ts';
import { InMemoryLetters } from '../../../support/fakes/in-memory-letters.ts';

const START = Date.UTC(2026, 10, 28, 12);
const ORDER = '019b0000-0000-7000-8000-000000000001';
const EVENT = '019b0000-0000-7000-8000-000000000002';
const BODY = JSON.stringify({ 'detail-type': 'OrderCreated', detail: { eventId: EVENT, orderId: ORDER, version: 1 } });
const STARTS = { name: 'SagaStarts', kind: 'consumer', arn: 'arn:dead', destination: 'arn:alive' } as const;
const RELAY = { name: 'OutboxRelay', kind: 'stream', arn: 'arn:relay' } as const;
const WHY = { by: 'O1', reason: 'The function is mended.' };

/** Queues whose messages stay until they are removed, and what was sent. */
class Queues {
  readonly waiting = new Map<string, DeadMessage[]>();
  readonly sent: (readonly [string, string, string])[] = [];
  readonly #seen = new Set<string>();

  put(arn: string, messageId: string, body = BODY, resentLetter?: string) {
    const message = {
      messageId,
      receipt: `${messageId}!`,
      body,
      resentLetter,
      attributes: {},
      sentAt: new Date(START).toISOString(),
    };
    this.waiting.set(arn, [...(this.waiting.get(arn) ?? []), message]);
  }

  async receive(arn: string) {
    const visible = (this.waiting.get(arn) ?? []).filter(({ messageId }) => !this.#seen.has(messageId)).slice(0, 10);
    for (const { messageId } of visible) this.#seen.add(messageId);
    return visible;
  }

  async remove(arn: string, receipt: string) {
    this.waiting.set(
      arn,
      (this.waiting.get(arn) ?? []).filter((message) => message.receipt !== receipt),
    );
  }

  async send(arn: string, letterId: string, body: string) {
    this.sent.push([arn, letterId, body]);
  }
}

function desk() {
  const queues = new Queues();
  const letters = new InMemoryLetters();
  const counted: number[] = [];
  let time = START;
  return {
    queues,
    letters,
    counted,
    monitor: {
      filed: () => {},
      notFiled: (error: unknown) => error,
      waiting: (count: number) => void counted.push(count),
    },
    now: () => time,
    pass: (ms: number) => void (time += ms),
  };
}

describe('Filing', () => {
  test('empties every queue, and counts what waits', async () => {
    const deps = desk();
    for (let index = 0; index < 25; index += 1) deps.queues.put('arn:dead', `m${index}`);
    deps.queues.put('arn:relay', 'position', '{}');
    await fileLetters(deps, [STARTS, RELAY]);
    expect([...deps.queues.waiting.values()].flat()).toEqual([]);
    expect(deps.counted).toEqual([26]);
    expect(await deps.letters.find('m0')).toMatchObject({ eventType: 'OrderCreated', eventId: EVENT, orderId: ORDER });
  });

  test('leaves in its queue what it cannot file, files the rest, and fails', async () => {
    const deps = desk();
    for (const id of ['good', 'bad', 'better']) deps.queues.put('arn:dead', id);
    const file = deps.letters.file.bind(deps.letters);
    vi.spyOn(deps.letters, 'file').mockImplementation(async (letter, at) => {
      if (letter.letterId === 'bad') throw new Error('The table does not take it.');
      await file(letter, at);
    });
    await expect(fileLetters(deps, [STARTS])).rejects.toThrow('does not take it');
    expect(deps.queues.waiting.get('arn:dead')?.map(({ messageId }) => messageId)).toEqual(['bad']);
    expect(await deps.letters.find('better')).toBeDefined();
    expect(deps.counted).toEqual([2]);
  });

  test('knows the letter of a message that was resent', async () => {
    const deps = desk();
    deps.queues.put('arn:dead', 'first');
    await fileLetters(deps, [STARTS]);
    await resendLetter(deps, 'first', WHY);
    deps.queues.put('arn:dead', 'second', BODY, 'first');
    await fileLetters(deps, [STARTS]);
    expect(await deps.letters.find('first')).toMatchObject({ state: 'failed_again', resends: 1 });
    expect(await deps.letters.find('second')).toBeUndefined();
  });
});

describe('Resending', () => {
  const filed = async (source: DeadLetterSource = STARTS) => {
    const deps = desk();
    deps.queues.put(source.arn, 'm');
    await fileLetters(deps, [source]);
    return deps;
  };

  test('sends the message as it is to where it came from, with the id of its letter', async () => {
    const deps = await filed();
    expect(await resendLetter(deps, 'm', WHY)).toEqual({ ok: true, value: 'resent' });
    expect(deps.queues.sent).toEqual([['arn:alive', 'm', BODY]]);
    expect((await deps.letters.find('m'))?.history.at(-1)).toMatchObject({ what: 'resent', ...WHY });
  });

  test('waits for an hour before it sends one again whose consumer says nothing', async () => {
    const deps = await filed();
    await resendLetter(deps, 'm', WHY);
    expect(await resendLetter(deps, 'm', WHY)).toEqual({ ok: false, refusal: { kind: 'resent-just-now' } });
    deps.pass(60 * 60 * 1_000);
    expect(await resendLetter(deps, 'm', WHY)).toEqual({ ok: true, value: 'resent' });
    expect(deps.queues.sent).toHaveLength(2);
  });

  test('refuses a letter that nobody knows, that is done, or that has nowhere to go', async () => {
    const deps = await filed();
    expect(await resendLetter(deps, 'x', WHY)).toEqual({ ok: false, refusal: { kind: 'unknown-letter' } });
    await dismissLetter(deps, 'm', WHY);
    const done = { ok: false, refusal: { kind: 'letter-is-done', state: 'dismissed' } };
    expect(await resendLetter(deps, 'm', WHY)).toEqual(done);
    expect(await dismissLetter(deps, 'm', WHY)).toEqual(done);
    const stream = await filed(RELAY);
    expect(await resendLetter(stream, 'm', WHY)).toEqual({
      ok: false,
      refusal: { kind: 'nobody-to-send-it-to', of: 'stream' },
    });
  });

  test('is done for a queue that people look into: no function could say that it is handled', async () => {
    const deps = await filed({ ...STARTS, kind: 'rule' });
    expect(await resendLetter(deps, 'm', WHY)).toEqual({ ok: true, value: 'handled' });
  });

  test('of a filter says first what would be sent, and sends nothing', async () => {
    const deps = await filed();
    const request = { filter: { queue: 'SagaStarts' }, limit: 25 };
    expect((await resendLetters(deps, request, undefined)).results).toMatchObject([{ letter: { letterId: 'm' } }]);
    expect(deps.queues.sent).toEqual([]);
    expect((await resendLetters(deps, { ...request, filter: { queue: 'Refunds' } }, WHY)).results).toEqual([]);
    expect((await resendLetters(deps, request, WHY)).results).toMatchObject([{ letter: { letterId: 'm' } }]);
    expect(deps.queues.sent).toHaveLength(1);
    const [again] = (await resendLetters(deps, request, WHY)).results;
    expect(again).toMatchObject({ refusal: { kind: 'resent-just-now' } });
  });
});

describe('What a message says', () => {
  test('is read as far as it can be', () => {
    expect(subjectOf(BODY)).toEqual({ eventType: 'OrderCreated', eventId: EVENT, orderId: ORDER });
    expect(subjectOf(JSON.stringify({ orderId: ORDER }))).toEqual({ orderId: ORDER });
    expect(subjectOf('{"detail-type":7,"detail":{"eventId":"x"}}')).toEqual({});
    expect(subjectOf('no JSON')).toEqual({});
  });

  test('names its error where a rule could not deliver it, or a relay has given up', () => {
    expect(errorIn('consumer', BODY, {})).toBeUndefined();
    expect(errorIn('rule', BODY, { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'Denied.' })).toEqual({
      error: 'NO_PERMISSIONS',
      errorMessage: 'Denied.',
    });
    const given = {
      requestContext: { condition: 'RetryAttemptsExhausted' },
      responseContext: { functionError: 'Unhandled' },
    };
    expect(errorIn('stream', JSON.stringify(given), {})).toEqual({
      error: 'RetryAttemptsExhausted',
      errorMessage: 'Unhandled',
    });
    expect(errorIn('stream', 'no JSON', {})).toBeUndefined();
  });
});
