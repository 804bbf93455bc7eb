import path from 'node:path';
import { AwsError, type FunctionInvoker, type JsonObject, type ServiceContext } from '../contracts.ts';
import { filledText } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Service } from '../service.ts';
import { secretsApi } from './api.ts';
import { secretResources } from './resources.ts';
import { Rotations } from './rotations.ts';
import { SecretFiles } from './secret-files.ts';

export interface SecretsManagerOptions {
  /** Where the secrets' files are: in `secretsmanager/` below it. @default they are in memory */
  readonly dataDir?: string;
  /** Calls the functions that rotate secrets. */
  readonly invoker: FunctionInvoker;
}

/** Secrets Manager: secrets of text, with versions, stages and rotation by functions. */
export class SecretsManagerService implements Service {
  readonly name = 'secretsmanager';
  readonly targets = ['secretsmanager'];
  readonly resources: ResourceTypes;
  readonly handle: (operation: string, input: JsonObject) => Promise<JsonObject>;
  readonly #secrets: SecretFiles;
  readonly #rotations: Rotations;

  constructor(context: ServiceContext, { dataDir, invoker }: SecretsManagerOptions) {
    const { clock, newId, warn } = context;
    const secrets = new SecretFiles(dataDir === undefined ? undefined : path.join(dataDir, 'secretsmanager'));
    const rotations = new Rotations({ secrets, invoker, clock, newId, warn });
    this.#secrets = secrets;
    this.#rotations = rotations;
    this.resources = secretResources({ secrets, rotations }, context);
    this.handle = secretsApi({ secrets, rotations, clock, newId });
  }

  permissions(operation: string, { SecretId }: JsonObject): Permission[] {
    const action = `secretsmanager:${operation}`;
    if (operation === 'ListSecrets') return [{ action, resource: '*' }];
    const id = filledText(SecretId);
    if (id === undefined) throw new AwsError('InvalidParameterException', 'A SecretId is needed.');
    return [{ action, resource: this.#secrets.find(id)?.arn ?? id }];
  }

  resume(): void {
    this.#rotations.watch();
  }

  close(): void {
    this.#rotations.close();
  }
}
