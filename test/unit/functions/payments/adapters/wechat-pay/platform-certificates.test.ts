/** Certificates that WeChat Pay replaces, as its simulated channel seals, signs and renews them. */
import { X509Certificate } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { Aes, Rsa } from 'wechatpay-axios-plugin';
import { parseWechatPayCredential } from '../../../../../../functions/payments/adapters/wechat-pay/credential.ts';
import { PlatformCertificates } from '../../../../../../functions/payments/adapters/wechat-pay/platform-certificates.ts';
import type { HttpAnswer } from '../../../../../../functions/shared/outbound/http-exchange.ts';
import {
  newPlatformCertificate,
  newSecrets,
  sealed,
  validCertificates,
  type WechatPaySecrets,
} from '../../../../../../partners/wechat-pay/identity.ts';
import { signedHeaders } from '../../../../../../partners/wechat-pay/signing.ts';

const BODY = '{"id":"n-1"}';
const made = newSecrets();
const replacement = newPlatformCertificate();
let secrets: WechatPaySecrets;
let now: number;
let asked: { readonly url: string; readonly authorization: string | undefined }[];
/** What the answer is in place of the true one. */
let answer: (truth: HttpAnswer) => HttpAnswer;
let certificates: PlatformCertificates;

const signed = (by = secrets) => ({ headers: signedHeaders(BODY, undefined, by, now), text: BODY });
const credentialWith = (platformKeys: Readonly<Record<string, string>>) => {
  const { mchid, appid, merchant, merchantSerial: serialNo, apiV3Key } = secrets;
  return parseWechatPayCredential(
    JSON.stringify({ mchid, appid, serialNo, privateKey: merchant.privateKey, apiV3Key, platformKeys }),
  );
};
const listing = (of = secrets, key = secrets): HttpAnswer => {
  const data = validCertificates(of).map(({ serial, certificate }) => ({
    serial_no: serial,
    encrypt_certificate: sealed(certificate, 'certificate', key),
  }));
  const text = JSON.stringify({ data });
  return { status: 200, text, headers: signedHeaders(text, undefined, of, now) };
};
const renew = () => {
  secrets = { ...secrets, renewed: [...(secrets.renewed ?? []), replacement] };
};
const distrust = (received = signed(), platformKeys = {}) =>
  certificates.distrust(received, credentialWith(platformKeys), now);

beforeEach(() => {
  secrets = made;
  now = Date.now();
  asked = [];
  answer = (truth) => truth;
  certificates = new PlatformCertificates({
    baseUrl: 'https://wechat.example',
    now: () => now,
    newNonce: () => 'nonce-1',
    exchange: async ({ url, headers }) => {
      asked.push({ url, authorization: headers['authorization'] });
      return answer(listing());
    },
  });
});

test('A merchant that has no keys fetches the certificates, once', async () => {
  expect(await distrust()).toBeUndefined();
  expect(await distrust()).toBeUndefined();
  expect(asked).toEqual([
    {
      url: 'https://wechat.example/v3/certificates',
      authorization: expect.stringMatching(/^WECHATPAY2-SHA256-RSA2048 /),
    },
  ]);
});

test('Two that are verified at once fetch the certificates once', async () => {
  expect(await Promise.all([distrust(), distrust()])).toEqual([undefined, undefined]);
  expect(asked).toHaveLength(1);
});

test('What is signed by a key of ours needs no certificate', async () => {
  const { serial, certificate } = made.certified;
  expect(await distrust(signed(), { [serial]: certificate })).toBeUndefined();
  expect(asked).toEqual([]);
});

test('A new certificate is fetched when it signs, and the one before it still counts', async () => {
  const before = signed();
  const ours = { [made.certified.serial]: made.certified.certificate };
  expect(await distrust(before, ours)).toBeUndefined();
  renew();
  expect(await distrust(signed(), ours)).toBeUndefined();
  expect(await distrust(before, ours)).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('The listing is as the plugin opens and verifies it', () => {
  renew();
  const { text, headers = {} } = listing();
  const { data } = JSON.parse(text) as {
    data: { serial_no: string; encrypt_certificate: ReturnType<typeof sealed> }[];
  };
  const opened = data.map(({ encrypt_certificate: { ciphertext, nonce, associated_data } }) =>
    Aes.AesGcm.decrypt(ciphertext, secrets.apiV3Key, nonce, associated_data),
  );
  expect(opened.map((pem) => new X509Certificate(pem).serialNumber)).toEqual(data.map((each) => each.serial_no));
  const line = (name: string) => String(headers[`wechatpay-${name}`]);
  const lines = `${line('timestamp')}\n${line('nonce')}\n${text}\n`;
  expect(Rsa.verify(lines, String(headers['wechatpay-signature']), opened.at(-1)!)).toBe(true);
});

test('Whoever names certificates that there are not has WeChat Pay asked once a minute at most', async () => {
  await distrust();
  for (const _ of [1, 2, 3]) expect(await distrust(signed(newSecrets()))).toMatch(/^It is signed with /);
  expect(asked).toHaveLength(2);
  now += 60_000;
  expect(await distrust(signed(newSecrets()))).toMatch(/^It is signed with /);
  expect(asked).toHaveLength(3);
});

test('An unknown public key is no certificate, and nothing is fetched for it', async () => {
  const { serial } = made.published;
  const received = { headers: signedHeaders(BODY, serial, secrets, now), text: BODY };
  expect(await distrust(received)).toMatch(/^It is signed with PUB_KEY_ID_/);
  expect(asked).toEqual([]);
});

test.each([
  ['sealed with another key', () => listing(secrets, newSecrets()), /cannot be opened/],
  ['signed by somebody else', () => ({ ...listing(), headers: listing(newSecrets()).headers! }), /is not believed/],
  ['an error', () => ({ status: 500, text: '{}' }), /answered 500/],
  ['no listing', () => ({ status: 200, text: '<html>' }), /./],
])('A listing that is %s is not taken, and asked for again', async (_, given, message) => {
  answer = given;
  await expect(distrust()).rejects.toThrow(message);
  answer = (truth) => truth;
  expect(await distrust()).toBeUndefined();
});

test('A certificate that has ended counts no more', async () => {
  now = Date.parse(new X509Certificate(made.certified.certificate).validTo) + 1_000;
  await expect(distrust()).rejects.toThrow(/is not believed/);
});
