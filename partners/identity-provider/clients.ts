import { isLocal } from '../shared/foreign-requests.ts';

/** A program that people sign in to. It is a public one: it runs in a browser and can keep no secret. */
export interface Client {
  readonly id: string;
  /** As the page of the sign-in names it. */
  readonly name: string;
  /** The end of the path at which it takes codes; before it stands where it is served, such as the stage of an API. */
  readonly signedInPath: string;
  /** The end of the path to which it may be sent back after a sign-out. */
  readonly signedOutPath: string;
}

const CLIENTS: readonly Client[] = [
  {
    id: 'waybill-console',
    name: 'Waybill console',
    signedInPath: '/console/signed-in',
    signedOutPath: '/console/',
  },
];

export const clientNamed = (id: string | undefined): Client | undefined => CLIENTS.find((client) => client.id === id);

/**
 * Whether an address is the registered one. Programs of this machine take a port that is free, so that any port of it is right, as
 * RFC 8252 (7.3) has it for them; everything else is compared.
 */
export function isRegistered(address: string, path: string): boolean {
  if (!URL.canParse(address) || !isLocal(address)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(address);
  return (
    ['http:', 'https:'].includes(protocol) &&
    [username, password, search, hash].every((part) => part === '') &&
    pathname.endsWith(path)
  );
}
