/** The keys of WeChat Pay and of its one merchant, and how each knows the other. */
import { createCipheriv, randomBytes, randomInt, X509Certificate } from 'node:crypto';
import { newAuthority } from '../shared/certificates.ts';
import type { Route } from '../shared/http.ts';
import { newRsaKeys, type RsaKeys } from '../shared/rsa.ts';

export interface PlatformCertificate {
  readonly keys: RsaKeys;
  readonly certificate: string;
  readonly serial: string;
}

export interface WechatPaySecrets {
  readonly mchid: string;
  readonly appid: string;
  readonly merchant: RsaKeys;
  /** The serial number of the merchant's certificate. */
  readonly merchantSerial: string;
  /** 32 characters; notifications are sealed with it. */
  readonly apiV3Key: string;
  /** For merchants that verify with a platform certificate: the first one. */
  readonly certified: PlatformCertificate;
  /** Those that took its place, oldest first. @default none */
  renewed?: readonly PlatformCertificate[];
  /** For merchants that verify with a public key. */
  readonly published: { readonly keys: RsaKeys; readonly serial: string };
}

const newPlatformAuthority = () =>
  newAuthority([
    ['C', 'CN'],
    ['O', 'Simulated WeChat Pay'],
  ]);

export function newPlatformCertificate(authority = newPlatformAuthority(), bits?: number): PlatformCertificate {
  const keys = newRsaKeys(bits);
  const certificate = authority.issue([['CN', 'WeChat Pay platform']], keys.publicKey);
  return { keys, certificate, serial: serialOf(certificate) };
}

/** The one that signs, with the one before it: during a switch merchants need both. */
export const validCertificates = ({ certified, renewed = [] }: WechatPaySecrets): readonly PlatformCertificate[] =>
  [certified, ...renewed].slice(-2);

/** @param bits of the keys @default what WeChat Pay asks for */
export function newSecrets(bits?: number): WechatPaySecrets {
  const authority = newPlatformAuthority();
  const [merchant, published] = [newRsaKeys(bits), newRsaKeys(bits)];
  const mchid = digits(10);
  return {
    mchid,
    appid: `wx${randomBytes(8).toString('hex')}`,
    merchant,
    merchantSerial: serialOf(authority.issue([['CN', mchid]], merchant.publicKey)),
    apiV3Key: randomBytes(16).toString('hex'),
    certified: newPlatformCertificate(authority, bits),
    published: { keys: published, serial: `PUB_KEY_ID_01${digits(32)}` },
  };
}

const digits = (length: number): string => `1${Array.from({ length: length - 1 }, () => randomInt(10)).join('')}`;
const serialOf = (certificate: string): string => new X509Certificate(certificate).serialNumber;

/** AES-256-GCM with the APIv3 key. */
export function sealed(text: string, associated: string, { apiV3Key }: WechatPaySecrets) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associated));
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64');
  return { algorithm: 'AEAD_AES_256_GCM', nonce, associated_data: associated, ciphertext };
}

/** What a merchant has after its registration. A real console does not have the merchant's private key. */
export const credentialRoute = (secrets: WechatPaySecrets): Route => ({
  method: 'GET',
  path: /^\/v1\/credential$/,
  handle: ({ query }) => {
    const { mchid, appid, merchant, merchantSerial: serialNo, apiV3Key, published, certified } = secrets;
    return {
      status: 200,
      body: {
        mchid,
        appid,
        serialNo,
        privateKey: merchant.privateKey,
        apiV3Key,
        // Whoever has only certificates fetches them.
        ...(query.get('mode') === 'certificates'
          ? {}
          : {
              platformKeys: { [published.serial]: published.keys.publicKey, [certified.serial]: certified.certificate },
            }),
      },
    };
  },
});

/** A new certificate takes the place of the one that signs. */
export const renewalRoute = (secrets: WechatPaySecrets, keep: () => void): Route => ({
  method: 'POST',
  path: /^\/v1\/certificates$/,
  handle: () => {
    secrets.renewed = [...(secrets.renewed ?? []), newPlatformCertificate()];
    keep();
    return { status: 201, body: { serial: validCertificates(secrets).at(-1)!.serial } };
  },
});
