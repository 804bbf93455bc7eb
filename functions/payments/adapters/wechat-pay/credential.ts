import * as z from 'zod';
import { parseSecret } from '../../../shared/outbound/credentials/secret-text.ts';
import { rsaPrivateKey, rsaPublicKey } from '../rsa.ts';

const secret = z.strictObject({
  mchid: z.string().regex(/^\d{8,32}$/),
  appid: z.string().regex(/^\w{4,32}$/),
  /** The serial number of our certificate. */
  serialNo: z.string().regex(/^[0-9A-Fa-f]{8,64}$/),
  privateKey: z.string().min(32),
  apiV3Key: z.string().length(32),
  /**
   * Public keys or platform certificates of WeChat Pay, in PEM, by their id or serial number. The first one is asked for. Certificates that are not
   * here are fetched: a merchant that has no public key needs none.
   */
  platformKeys: z.record(z.string().regex(/^[\w-]{8,64}$/), z.string().min(32)).default({}),
});

export type WechatPayCredential = ReturnType<typeof parseWechatPayCredential>;

/** @throws Error that shows nothing of the secret */
export function parseWechatPayCredential(text: string) {
  const { mchid, appid, serialNo, privateKey, apiV3Key, platformKeys } = parseSecret(secret, 'WeChat Pay', text);
  return {
    keyId: serialNo,
    secret: privateKey,
    mchid,
    appid,
    serialNo,
    privateKey: rsaPrivateKey(privateKey),
    apiV3Key,
    platformKeys: new Map(Object.entries(platformKeys).map(([serial, key]) => [serial, rsaPublicKey(key)])),
  };
}
