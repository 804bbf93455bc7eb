/** What others have published about the signatures of payment channels: each file names its source. */
import { readFileSync } from 'node:fs';

interface Certificate {
  readonly pem: string;
  readonly number: string;
}

export const alipayVectors = read<{
  readonly notification: { readonly publicKey: string; readonly parameters: Readonly<Record<string, string>> };
  readonly answer: { readonly publicKey: string; readonly method: string; readonly text: string };
  readonly certificates: {
    readonly app: Certificate;
    readonly root: Certificate;
    readonly alipay: Certificate & { readonly publicKey: string };
  };
}>('alipay');

export const wechatPayVectors = read<{
  readonly certificate: string;
  readonly notification: {
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string;
    readonly key: string;
    readonly resource: string;
  };
  readonly signature: { readonly text: string; readonly signature: string };
  readonly sealed: {
    readonly key: string;
    readonly ciphertext: string;
    readonly nonce: string;
    readonly associated_data: string;
    readonly text: string;
  };
}>('wechat-pay');

function read<Vectors>(channel: string): Vectors {
  return JSON.parse(readFileSync(new URL(`vectors/${channel}.json`, import.meta.url), 'utf8')) as Vectors;
}
