/**
 * The addresses of others that we may talk to: HTTPS, so that nobody on the way reads or changes what is said. Plain HTTP is for
 * programs on the same machine, whose connections never leave it.
 */

/** As the parser of URLs writes them. */
const THIS_MACHINE: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** What is allowed, in words. */
export const SAFE_URL = 'an https URL without user information; http only for 127.0.0.1, localhost and [::1]';

/** User information in an address would be a secret in the environment, and in logs. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.has(hostname));
}

/** The address without what may be secret in it, for messages. */
export const shownUrl = (text: string): string => (URL.canParse(text) ? new URL(text).origin : 'no URL');
