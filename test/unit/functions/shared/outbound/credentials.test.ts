import { beforeEach, describe, expect, test } from 'vitest';
import { authorisedExchange } from '../../../../../functions/shared/outbound/credentials/authorised-exchange.ts';
import { CachedCredential } from '../../../../../functions/shared/outbound/credentials/cached-credential.ts';
import { type Credential, parseCredential } from '../../../../../functions/shared/outbound/credentials/credential.ts';
import { credentialInSecret } from '../../../../../functions/shared/outbound/credentials/secrets-manager.ts';
import {
  type HttpAnswer,
  type HttpRequest,
  NotCarriedOut,
} from '../../../../../functions/shared/outbound/http-exchange.ts';
import { sendOnce } from '../../../../../functions/shared/outbound/send-once.ts';

const bearer = (name: string): Credential => ({
  kind: 'bearer',
  keyId: name,
  secret: `${name}-0123456789abcdef0123456789abcdef`,
});
const OK: HttpAnswer = { status: 200, text: '{}' };
const UNAUTHORISED: HttpAnswer = { status: 401, text: '{"error":"unknown-credential"}' };
const REQUEST: HttpRequest = {
  method: 'POST',
  url: 'https://gateway.example/v1/x',
  headers: { a: 'b' },
  timeoutMs: 1_000,
};

describe('A partner that knows us by a credential', () => {
  let now: number;
  /** The secret; an error while it cannot be had. */
  let secret: Credential | Error;
  let readings: number;
  /** What the partner accepts. */
  let accepted: string[];
  let sent: HttpRequest[];
  let observed: string[];
  /** How the partner refuses. */
  let refusal: HttpAnswer;

  beforeEach(() => {
    [now, readings, sent, observed, refusal] = [1_000_000, 0, [], [], UNAUTHORISED];
    secret = bearer('one');
    accepted = ['one'];
  });

  const instance = () => {
    const observer = {
      refused: (partner: string, keyId: string) => void observed.push(`${partner} refuses ${keyId}`),
      unavailable: (partner: string) => void observed.push(`no credential for ${partner}`),
    };
    const credentials = new CachedCredential({
      partner: 'gateway',
      read: async () => {
        readings += 1;
        if (secret instanceof Error) throw secret;
        return secret;
      },
      observer,
      now: () => now,
    });
    return authorisedExchange({
      partner: 'gateway',
      exchange: async (request) => {
        sent.push(request);
        const isKnown = accepted.some((name) => request.headers.authorization === `Bearer ${bearer(name).secret}`);
        return isKnown ? OK : refusal;
      },
      credentials,
      observer,
      now: () => now,
    });
  };

  test('gets it with each request; it is read once in five minutes, however many calls there are', async () => {
    const exchange = instance();
    await Promise.all([exchange(REQUEST), exchange(REQUEST)]);
    now += 299_000;
    await exchange(REQUEST);
    expect(readings).toBe(1);
    now += 2_000;
    await exchange(REQUEST);
    expect(readings).toBe(2);
    expect(sent[0]).toEqual({ ...REQUEST, headers: { a: 'b', authorization: `Bearer ${bearer('one').secret}` } });
  });

  test('gets the new one at once when it does not accept the old one any more', async () => {
    const exchange = instance();
    await exchange(REQUEST);
    now += 10_000;
    [secret, accepted] = [bearer('two'), ['two']];
    expect(await exchange(REQUEST)).toEqual(OK);
    expect([readings, sent.length, observed]).toEqual([2, 3, []]);
    expect(await exchange(REQUEST)).toEqual(OK);
    expect(sent).toHaveLength(4);
  });

  test('that accepts none has carried nothing out; it gets one more try only with another credential, and we ask for one no more than every five seconds', async () => {
    const exchange = instance();
    accepted = [];
    for (let call = 0; call < 3; call += 1) await expect(exchange(REQUEST)).rejects.toThrow(NotCarriedOut);
    expect([readings, sent.length]).toEqual([1, 3]);
    now += 6_000;
    secret = bearer('two');
    await expect(exchange(REQUEST)).rejects.toThrow('gateway answered 401: it does not accept our credential two.');
    expect([readings, sent.length]).toEqual([2, 5]);
    expect(observed.at(-1)).toBe('gateway refuses two');
  });

  test('is no answer about what was asked, but as if nobody were there', async () => {
    accepted = [];
    const { ok, ...rest } = await sendOnce(
      { operation: 'book', affinity: 'o', method: 'PUT', path: '/x', read: () => 'an answer' },
      { baseUrl: 'https://gateway.example', timeoutMs: 100, exchange: instance() },
    );
    expect([ok, rest]).toMatchObject([false, { refusal: { isUnsent: true } }]);
  });

  test('may refuse what is asked for with 403, unless that is about the credential', async () => {
    accepted = [];
    refusal = { status: 403, text: '{"error":"payment-locked"}' };
    expect(await instance()(REQUEST)).toEqual(refusal);
    refusal = { status: 403, text: '{"error":"unknown-credential"}' };
    await expect(instance()(REQUEST)).rejects.toThrow(NotCarriedOut);
  });

  test('is called with the last known one while the secret cannot be read, and not at all without one', async () => {
    const exchange = instance();
    await exchange(REQUEST);
    now += 301_000;
    secret = new Error('away');
    expect(await exchange(REQUEST)).toEqual(OK);
    expect(await exchange(REQUEST)).toEqual(OK);
    expect([readings, observed]).toEqual([2, ['no credential for gateway']]);
    const fresh = instance();
    await expect(fresh(REQUEST)).rejects.toThrow('The credential for gateway could not be had.');
    expect(sent).toHaveLength(3);
  });

  test('gets a signature that says when and by which key', async () => {
    secret = { kind: 'hmac-sha256', keyId: 'k1', secret: '0123456789abcdef0123456789abcdef' };
    refusal = OK;
    await instance()({ ...REQUEST, body: '{}' });
    expect(sent[0]!.headers).toMatchObject({
      'signature-input':
        'waybill=("@method" "@authority" "@path" "@query" "content-digest");created=1000;keyid="k1";alg="hmac-sha256"',
      'content-digest': 'sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:',
    });
    expect(sent[0]!.headers).not.toHaveProperty('authorization');
  });
});

describe('A credential', () => {
  test('is read from the current version of its secret', async () => {
    const asked: unknown[] = [];
    const read = credentialInSecret(
      async (...call) => {
        asked.push(call);
        return { SecretString: JSON.stringify(bearer('one')), Name: 'x' };
      },
      'arn:x',
      parseCredential,
    );
    expect(await read()).toEqual(bearer('one'));
    expect(asked).toEqual([['GetSecretValue', { SecretId: 'arn:x' }]]);
  });

  test.each([
    ['is no JSON', 'hunter2hunter2hunter2hunter2hunter2', /the whole/],
    ['has another kind', JSON.stringify({ ...bearer('hunter2'), kind: 'basic' }), /kind/],
    ['is short', JSON.stringify({ ...bearer('one'), secret: 'hunter2' }), /secret/],
    ['has more than it should', JSON.stringify({ ...bearer('one'), password: 'hunter2' }), /the whole/],
    [
      'has a certificate without its key',
      JSON.stringify({ ...bearer('one'), tls: { certificate: 'hunter2' } }),
      /tls\.certificate.*tls\.key/,
    ],
  ])('that %s is refused by the names of its fields, and its content is not shown', (_, text, names) => {
    expect(() => parseCredential(text)).toThrow(names);
    expect(() => parseCredential(text)).not.toThrow(/hunter2/);
  });
});
