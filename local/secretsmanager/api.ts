import { AwsError, type Clock, type Json, type JsonObject } from '../contracts.ts';
import { filledText, objects, present, textOf } from '../properties.ts';
import type { Rotations } from './rotations.ts';
import { CURRENT, type Secret, type SecretVersion, valueOf, withStage, withVersion } from './secret.ts';
import type { SecretFiles } from './secret-files.ts';

interface SecretsApiParts {
  readonly secrets: SecretFiles;
  readonly rotations: Rotations;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** The operations of the API. */
export const secretsApi =
  ({ secrets, rotations, clock, newId }: SecretsApiParts) =>
  async (operation: string, input: JsonObject): Promise<JsonObject> => {
    switch (operation) {
      case 'GetSecretValue': {
        const secret = secrets.get(secretId(input));
        const id = filledText(input.VersionId);
        const stage = filledText(input.VersionStage) ?? (id === undefined ? CURRENT : undefined);
        return { ...answerAbout(secret, valueOf(secret, present({ id, stage }))) };
      }
      case 'PutSecretValue': {
        const added: SecretVersion = {
          id: filledText(input.ClientRequestToken) ?? newId(),
          value: secretString(input),
          at: clock.now(),
          stages: stagesIn(input.VersionStages),
        };
        const secret = { ...withVersion(secrets.get(secretId(input)), added), changedAt: clock.now() };
        secrets.put(secret);
        const { ARN, Name, VersionId, VersionStages } = answerAbout(secret, valueOf(secret, { id: added.id }));
        return { ARN: ARN!, Name: Name!, VersionId: VersionId!, VersionStages: VersionStages! };
      }
      case 'UpdateSecretVersionStage': {
        const secret = secrets.get(secretId(input));
        const stage = textOf(input.VersionStage);
        checkMove(secret, stage, input);
        secrets.put({ ...withStage(secret, stage, filledText(input.MoveToVersionId)), changedAt: clock.now() });
        return { ARN: secret.arn, Name: secret.name };
      }
      case 'DescribeSecret':
        return description(secrets.get(secretId(input)));
      case 'ListSecrets':
        return { SecretList: secrets.all().map(description) };
      case 'RotateSecret': {
        const { arn, name, id } = rotations.begin(secrets.get(secretId(input)), filledText(input.ClientRequestToken));
        return { ARN: arn, Name: name, VersionId: id };
      }
      default:
        throw new AwsError('InvalidAction', `The embedded Secrets Manager has no operation ${operation}.`);
    }
  };

const answerAbout = ({ arn, name }: Secret, { id, value, at, stages }: SecretVersion): JsonObject => ({
  ARN: arn,
  Name: name,
  VersionId: id,
  SecretString: value!,
  VersionStages: [...stages],
  CreatedDate: at / 1_000,
});

const description = (secret: Secret): JsonObject => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  CreatedDate: secret.createdAt / 1_000,
  LastChangedDate: secret.changedAt / 1_000,
  RotationEnabled: secret.rotation !== undefined,
  VersionIdsToStages: Object.fromEntries(secret.versions.map(({ id, stages }) => [id, [...stages]])),
  ...(secret.rotatedAt === undefined ? {} : { LastRotatedDate: secret.rotatedAt / 1_000 }),
  ...(secret.rotation === undefined
    ? {}
    : {
        RotationLambdaARN: secret.rotation.functionArn,
        RotationRules: { AutomaticallyAfterDays: secret.rotation.everyDays },
        NextRotationDate: secret.rotation.nextAt / 1_000,
      }),
});

function secretId(input: JsonObject): string {
  const id = filledText(input.SecretId);
  if (id === undefined) throw new AwsError('InvalidParameterException', 'A SecretId is needed.');
  return id;
}

function secretString({ SecretString }: JsonObject): string {
  const value = filledText(SecretString);
  if (value !== undefined) return value;
  throw new AwsError('InvalidRequestException', 'A SecretString is needed; this runtime has no binary secrets.');
}

const stagesIn = (stages: Json | undefined): string[] =>
  stages === undefined ? [CURRENT] : (objects(stages) as unknown as Json[]).map(textOf);

/** As on AWS: who moves a stage has to know where it is. */
function checkMove(secret: Secret, stage: string, { MoveToVersionId, RemoveFromVersionId }: JsonObject): void {
  const holder = secret.versions.find(({ stages }) => stages.includes(stage))?.id;
  const target = filledText(MoveToVersionId);
  if (target !== undefined && !secret.versions.some(({ id }) => id === target)) {
    throw new AwsError('ResourceNotFoundException', `The secret has no version ${target}.`);
  }
  if (holder !== undefined && holder !== target && holder !== filledText(RemoveFromVersionId)) {
    throw new AwsError(
      'InvalidParameterException',
      `The staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
}
