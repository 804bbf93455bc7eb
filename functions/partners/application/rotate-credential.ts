import type { Credential } from '../../shared/outbound/credentials/credential.ts';
import type { CredentialRegistry, SecretVersions } from './rotation-ports.ts';

/** As Secrets Manager asks for them, one after the other; each may come again. */
export const ROTATION_STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type RotationStep = (typeof ROTATION_STEPS)[number];

export interface RotateCredentialDeps {
  readonly secret: SecretVersions;
  readonly registry: CredentialRegistry;
  /** A new credential of the same kind, under a key id made of the version. */
  readonly successorOf: (credential: Credential, version: string) => Credential;
}

/** Function instances keep the old one for minutes; for the rest of a day a person can still go back to it. */
const GRACE_SECONDS = 24 * 3_600;

/**
 * Carries out one step of a rotation, after which the partner knows us by another credential. It accepts the old and the new one until the
 * last step: whatever fails before it, orders go on.
 * @param version the name of the version that becomes the current one
 */
export async function rotateCredential(deps: RotateCredentialDeps, step: RotationStep, version: string): Promise<void> {
  switch (step) {
    case 'createSecret':
      return create(deps, version);
    case 'setSecret':
      return offer(deps, version);
    case 'testSecret':
      return deps.registry.confirm(await pendingOf(deps, version));
    case 'finishSecret':
      return finish(deps, version);
  }
}

async function create({ secret, successorOf }: RotateCredentialDeps, version: string): Promise<void> {
  if ((await secret.pending(version)) !== undefined) return;
  await secret.putPending(version, successorOf((await secret.current()).credential, version));
}

async function offer(deps: RotateCredentialDeps, version: string): Promise<void> {
  const { credential } = await deps.secret.current();
  await deps.registry.offer(await pendingOf(deps, version), credential);
}

async function finish({ secret, registry }: RotateCredentialDeps, version: string): Promise<void> {
  const current = await secret.current();
  if (current.version !== version) await secret.makeCurrent(version, current.version);
  const [after, before] = [(await secret.current()).credential, await secret.previous()];
  if (before !== undefined) await registry.retire(before.keyId, GRACE_SECONDS, after);
}

async function pendingOf({ secret }: RotateCredentialDeps, version: string): Promise<Credential> {
  const pending = await secret.pending(version);
  if (pending === undefined) {
    throw new Error(`The version ${version} has no credential; createSecret has to come first.`);
  }
  return pending;
}
