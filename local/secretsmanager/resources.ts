import { createHash, randomInt } from 'node:crypto';
import { arnOf } from '../arn.ts';
import type { Json, JsonObject, ServiceContext } from '../contracts.ts';
import { number, text, textOf } from '../properties.ts';
import { physicalName, type ResourceTypes, refuseProperties } from '../resource.ts';
import type { Rotations } from './rotations.ts';
import { CURRENT } from './secret.ts';
import type { SecretFiles } from './secret-files.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

interface Parts {
  readonly secrets: SecretFiles;
  readonly rotations: Rotations;
}

/** A secret that is there keeps its value: a start or another deployment makes no new one. */
export const secretResources = ({ secrets, rotations }: Parts, context: ServiceContext): ResourceTypes => ({
  'AWS::SecretsManager::Secret': (resource) => {
    refuseProperties(resource, ['ReplicaRegions']);
    const { Name, Description, SecretString, GenerateSecretString } = resource.properties;
    const name = physicalName(resource, Name);
    const arn = arnOf(context, 'secretsmanager', `secret:${name}-${suffixOf(name)}`);
    if (secrets.find(arn) === undefined) {
      const at = context.clock.now();
      const value = text(SecretString) ?? generated(GenerateSecretString as JsonObject | undefined);
      const versions = [{ id: context.newId(), value, at, stages: [CURRENT] }];
      secrets.put({ name, arn, description: text(Description) ?? '', createdAt: at, changedAt: at, versions });
    }
    return { ref: arn, attributes: { Id: arn } };
  },
  'AWS::SecretsManager::RotationSchedule': (resource) => {
    refuseProperties(resource, ['HostedRotationLambda', 'RotateImmediatelyOnUpdate']);
    const { SecretId, RotationLambdaARN, RotationRules } = resource.properties;
    const everyDays = number((RotationRules as JsonObject | undefined)?.AutomaticallyAfterDays);
    if (everyDays === undefined) throw new Error('It has no AutomaticallyAfterDays, the one rule of this runtime.');
    rotations.schedule(textOf(SecretId), textOf(RotationLambdaARN), everyDays);
    return { ref: textOf(SecretId) };
  },
});

/** AWS adds six characters that are never the same; here they are the same on every start. */
const suffixOf = (name: string): string =>
  createHash('sha256').update(name).digest('base64url').replace(/[-_]/g, 'x').slice(0, 6);

function generated(rule: JsonObject = {}): string {
  const { SecretStringTemplate, GenerateStringKey, PasswordLength, ExcludePunctuation, ExcludeCharacters } = rule;
  const excluded = text(ExcludeCharacters) ?? '';
  const alphabet = [...LETTERS, ...DIGITS, ...(isSet(ExcludePunctuation) ? '' : PUNCTUATION)].filter(
    (character) => !excluded.includes(character),
  );
  const random = Array.from({ length: number(PasswordLength) ?? 32 }, () => alphabet[randomInt(alphabet.length)]!).join(
    '',
  );
  if (SecretStringTemplate === undefined) return random;
  return JSON.stringify({
    ...(JSON.parse(textOf(SecretStringTemplate)) as JsonObject),
    [textOf(GenerateStringKey)]: random,
  });
}

const isSet = (value: Json | undefined): boolean => value === true || value === 'true';
