import type { Credential } from './credential.ts';

/** The credential that a partner knows us by, which is replaced from time to time. */
export interface CredentialSource {
  /** The one to use now. @throws Error when there is none */
  current(): Promise<Credential>;
  /** Another one than that which the partner does not accept any more; undefined when there is none. */
  successorOf(refused: Credential): Promise<Credential | undefined>;
}

export interface CredentialObserver {
  /** The partner accepts none of our credentials. */
  readonly refused: (partner: string, keyId: string, status: number) => void;
  /** The credential could not be read; the last known one is used, if there is one. */
  readonly unavailable: (partner: string, cause: unknown) => void;
}
