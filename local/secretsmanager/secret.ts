import { AwsError } from '../contracts.ts';

/** One version of a secret. */
export interface SecretVersion {
  readonly id: string;
  /** Absent while a rotation has begun and has put none yet. */
  readonly value?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Such as `AWSCURRENT`: each is on one version at a time. */
  readonly stages: readonly string[];
}

export interface Rotation {
  readonly functionArn: string;
  readonly everyDays: number;
  /** Milliseconds since the epoch. */
  readonly nextAt: number;
}

/** A secret as it is kept. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly versions: readonly SecretVersion[];
  readonly rotation?: Rotation;
  readonly rotatedAt?: number;
}

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';

export const versionAt = ({ versions }: Secret, stage: string): SecretVersion | undefined =>
  versions.find(({ stages }) => stages.includes(stage));

/** @throws AwsError `ResourceNotFoundException` */
export function valueOf(
  secret: Secret,
  { id, stage }: { readonly id?: string; readonly stage?: string },
): SecretVersion {
  const found = secret.versions.find(
    (version) =>
      version.value !== undefined &&
      (id === undefined || version.id === id) &&
      (stage === undefined || version.stages.includes(stage)),
  );
  if (found) return found;
  throw notFound(
    stage === undefined
      ? `Secrets Manager can't find the specified secret value for VersionId: ${id}`
      : `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
  );
}

/**
 * The secret with another version, which takes its stages from the others.
 * @throws AwsError `ResourceExistsException` when there is one of this id with another value
 */
export function withVersion(secret: Secret, added: SecretVersion): Secret {
  const known = secret.versions.find(({ id }) => id === added.id);
  if (known?.value !== undefined && known.value !== added.value) {
    throw new AwsError('ResourceExistsException', `There is a version ${added.id} with another value already.`);
  }
  const others = secret.versions.filter(({ id }) => id !== added.id);
  const bare: SecretVersion = { ...added, stages: known?.stages ?? [] };
  return added.stages.reduce<Secret>((all, stage) => withStage(all, stage, added.id), {
    ...secret,
    versions: [...others, bare],
  });
}

/** The secret with a stage on this version and on no other; what was current is the previous one then. */
export function withStage(secret: Secret, stage: string, id: string | undefined): Secret {
  const before = versionAt(secret, stage);
  const moved = onlyOn(secret.versions, stage, id);
  const versions =
    stage === CURRENT && before !== undefined && before.id !== id ? onlyOn(moved, PREVIOUS, before.id) : moved;
  // As on AWS: a version without a stage is gone.
  return { ...secret, versions: versions.filter((version) => version.stages.length > 0 || version.id === id) };
}

const onlyOn = (versions: readonly SecretVersion[], stage: string, id: string | undefined): SecretVersion[] =>
  versions.map((version) => {
    const others = version.stages.filter((each) => each !== stage);
    return { ...version, stages: version.id === id ? [...others, stage] : others };
  });

export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message);
