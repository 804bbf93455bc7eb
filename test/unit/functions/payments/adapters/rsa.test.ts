import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  isRsaSignature,
  rsaPrivateKey,
  rsaPublicKey,
  rsaSignature,
} from '../../../../../functions/payments/adapters/rsa.ts';
import { fenOf, yuanOf } from '../../../../../functions/payments/adapters/yuan.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const bare = (key: Buffer) => key.toString('base64');

describe('A key of a payment channel', () => {
  test.each([
    ['PEM, PKCS #8', privateKey.export({ format: 'pem', type: 'pkcs8' }) as string],
    ['PEM, PKCS #1', privateKey.export({ format: 'pem', type: 'pkcs1' }) as string],
    ['bare PKCS #8', bare(privateKey.export({ format: 'der', type: 'pkcs8' }))],
    ['bare PKCS #1', bare(privateKey.export({ format: 'der', type: 'pkcs1' }))],
  ])('signs when it is %s', (_form, text) => {
    expect(isRsaSignature(rsaSignature('text', rsaPrivateKey(text)), 'text', publicKey)).toBe(true);
  });

  test.each([
    ['PEM', publicKey.export({ format: 'pem', type: 'spki' }) as string],
    ['bare SubjectPublicKeyInfo', bare(publicKey.export({ format: 'der', type: 'spki' }))],
    ['bare PKCS #1', bare(publicKey.export({ format: 'der', type: 'pkcs1' }))],
  ])('verifies when it is %s', (_form, text) => {
    const signature = rsaSignature('text', privateKey);
    expect(isRsaSignature(signature, 'text', rsaPublicKey(text))).toBe(true);
    expect(isRsaSignature(signature, 'Text', rsaPublicKey(text))).toBe(false);
    expect(isRsaSignature('', 'text', rsaPublicKey(text))).toBe(false);
  });

  test('that is none is refused with an error that shows nothing of it', () => {
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    for (const text of ['', 'c2VjcmV0', elliptic.export({ format: 'pem', type: 'pkcs8' }) as string]) {
      expect(() => rsaPrivateKey(text)).toThrow(
        "This is no private RSA key. Expected PEM, or the Base64 of a DER key, as the channel's console shows it.",
      );
      expect(() => rsaPublicKey(`${text}x`)).toThrow(/^This is no public RSA key\./);
    }
  });
});

describe('An amount in yuan', () => {
  test.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [8_800, '88.00'],
    [-8_805, '-88.05'],
    [10_000_000_099, '100000000.99'],
  ])('of %d fen is %s', (fen, yuan) => {
    expect(yuanOf(fen)).toBe(yuan);
    expect(fenOf(yuan)).toBe(fen);
  });

  test('may have fewer decimals where a channel writes it', () => {
    expect(fenOf('88')).toBe(8_800);
    expect(fenOf('88.5')).toBe(8_850);
    expect(fenOf('-0.00')).toBe(0);
  });

  test.each(['', '.5', '1.234', '1,000.00', '01.00', '1e3', ' 1.00', 'NaN'])('is none when it is "%s"', (text) => {
    expect(fenOf(text)).toBeUndefined();
  });

  test('is never made of what is no whole number of fen', () => {
    expect(() => yuanOf(0.5)).toThrow('An amount is a whole number of fen, got 0.5.');
    expect(() => yuanOf(2 ** 53)).toThrow(RangeError);
  });
});
