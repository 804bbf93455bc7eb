import Negotiator from 'negotiator';
import { LANGUAGES, type Language } from '../../published/order-events.ts';
import type { ApiRequest } from '../../shared/http/request.ts';

/** The language that the customer's client asks for (RFC 9110, 12.5.4): a variant, such as zh-TW, stands for its language. Undefined when it asks for none of ours. */
export function languageOf({ headers }: Pick<ApiRequest, 'headers'>): Language | undefined {
  const accepted = headers['accept-language'];
  if (accepted === undefined) return undefined;
  // What is accepted as well as anything else is not asked for.
  const named = accepted.replaceAll(/(^|,)\s*\*[^,]*/g, '$1');
  const language = new Negotiator({ headers: { 'accept-language': named } }).language([...LANGUAGES]);
  return LANGUAGES.find((each) => each === language);
}
