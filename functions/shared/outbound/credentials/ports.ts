import type { Credential } from './credential.ts';

/** What tells one credential from another, whatever its kind. */
export type Identified = Pick<Credential, 'keyId' | 'secret'>;

/** The credential that a partner knows us by, which is replaced from time to time. */
export interface CredentialSource<Known extends Identified = Credential> {
  /** The one to use now. @throws Error when there is none */
  current(): Promise<Known>;
  /** Another one than that which the partner does not accept any more; undefined when there is none. */
  successorOf(refused: Known): Promise<Known | undefined>;
}

export interface CredentialObserver {
  /** The partner accepts none of our credentials. */
  readonly refused: (partner: string, keyId: string, status: number) => void;
  /** The credential could not be read; the last known one is used, if there is one. */
  readonly unavailable: (partner: string, cause: unknown) => void;
}
