import type { KeyObject } from 'node:crypto';
import { isRsaSignature } from '../rsa.ts';

/** Strings, punctuation, and everything else that JSON has. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * What Alipay's answer to a call of `method` says, such as `alipay.trade.query`; undefined unless Alipay has signed it.
 * The signature covers the text of one member as it came: `alipay_trade_query_response`, or `error_response` when the call did not get
 * as far as the method. Source: opendocs.alipay.com/common/02mse7.
 */
export function signedAnswer(text: string, method: string, publicKey: KeyObject): unknown {
  const content = memberText(text, `${method.replaceAll('.', '_')}_response`) ?? memberText(text, 'error_response');
  const signature = memberText(text, 'sign');
  if (content === undefined || signature === undefined) return undefined;
  const isGood = isRsaSignature(JSON.parse(signature) as string, content, publicKey);
  return isGood ? (JSON.parse(content) as unknown) : undefined;
}

/** The text of a member of the outermost object, exactly as it came: written again it could differ, as `\/` does from `/`. */
export function memberText(text: string, name: string): string | undefined {
  let depth = 0;
  let start: number | undefined;
  let last = '';
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === '}' || token === ']') depth -= 1;
    const endsMember = depth === 0 || (depth === 1 && token === ',');
    if (start !== undefined && endsMember) return text.slice(start, index).trim();
    if (depth === 1 && token === ':' && last === `"${name}"`) start = index + 1;
    if (token === '{' || token === '[') depth += 1;
    last = token;
  }
  return undefined;
}
