/** How a merchant replaces its credential: README.md of each partner has the requests. */
import * as z from 'zod';
import { HttpError, parse, type Route } from './http.ts';
import { type MerchantCredential, type MerchantCredentials, newCredential } from './merchant-credentials.ts';

const MAX_GRACE_SECONDS = 30 * 24 * 3_600;

const credential = (action = '') => new RegExp(`^/v1/credentials/(?<keyId>[\\w.-]{1,64})${action}$`);
const retirement = z.strictObject({ afterSeconds: z.int().min(0).max(MAX_GRACE_SECONDS) });

export const credentialRoutes = (credentials: MerchantCredentials): Route[] => [
  {
    method: 'GET',
    path: credential(),
    handle: ({ params }) => ({ status: 200, body: shown(known(credentials, params.keyId!)) }),
  },
  {
    method: 'PUT',
    path: credential(),
    handle: ({ params, body }) => {
      const asked = { keyId: params.keyId!, ...parse(newCredential, body) };
      const present = credentials.find(asked.keyId);
      if (present !== undefined && !isSame(present, asked)) throw new HttpError(409, 'key-id-taken');
      if (present === undefined) credentials.put(asked);
      return { status: present === undefined ? 201 : 200, body: shown(present ?? asked) };
    },
  },
  {
    method: 'POST',
    path: credential('/retire'),
    handle: ({ params, body }) => {
      const { afterSeconds } = parse(retirement, body);
      const present = known(credentials, params.keyId!);
      // The first request counts: a repetition does not move the end.
      const retired = { ...present, until: present.until ?? new Date(Date.now() + afterSeconds * 1_000).toISOString() };
      credentials.put(retired);
      return { status: 200, body: shown(retired) };
    },
  },
];

function known(credentials: MerchantCredentials, keyId: string): MerchantCredential {
  const found = credentials.find(keyId);
  if (found === undefined) throw new HttpError(404, 'no-such-credential');
  return found;
}

/** Without what is secret in it. */
const shown = ({ keyId, kind, until }: MerchantCredential) => ({ keyId, kind, ...(until ? { until } : {}) });

const isSame = (one: MerchantCredential, other: MerchantCredential): boolean => materialOf(one) === materialOf(other);
const materialOf = (each: MerchantCredential): string =>
  `${each.kind} ${each.kind === 'ed25519' ? each.publicKey : each.secret}`;
