import type { Credential } from '../../shared/outbound/credentials/credential.ts';

/** The versions of the secret that holds our credential for a partner. */
export interface SecretVersions {
  current(): Promise<{ readonly version: string; readonly credential: Credential }>;
  /** The one before it; undefined when there was none. */
  previous(): Promise<Credential | undefined>;
  /** The one that is to become current; undefined when it was not put yet. */
  pending(version: string): Promise<Credential | undefined>;
  putPending(version: string, credential: Credential): Promise<void>;
  makeCurrent(version: string, instead: string): Promise<void>;
}

/** What a partner knows of our credentials. Each of these may be asked for again. */
export interface CredentialRegistry {
  /** From now on the partner accepts this one as well. @param by one that it accepts already */
  offer(credential: Credential, by: Credential): Promise<void>;
  /** @throws Error when the partner does not accept it */
  confirm(credential: Credential): Promise<void>;
  /** The partner accepts the credential of this key for so many seconds more, unless it has ended it already. */
  retire(keyId: string, afterSeconds: number, by: Credential): Promise<void>;
}
