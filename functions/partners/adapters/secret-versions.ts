import * as z from 'zod';
import { type AwsJsonCall, AwsJsonError } from '../../shared/edge/aws-json.ts';
import { type Credential, parseCredential } from '../../shared/outbound/credentials/credential.ts';
import type { SecretVersions } from '../application/rotation-ports.ts';

const answer = z.object({ SecretString: z.string(), VersionId: z.string() });

/** Of Secrets Manager. */
export class SecretsManagerVersions implements SecretVersions {
  readonly #secretId: string;
  readonly #call: AwsJsonCall;

  constructor({ secretId, call }: { readonly secretId: string; readonly call: AwsJsonCall }) {
    this.#secretId = secretId;
    this.#call = call;
  }

  async current() {
    const found = await this.#read({ VersionStage: 'AWSCURRENT' });
    if (found === undefined) throw new Error('The secret has no current version; put a credential into it.');
    return found;
  }

  async previous(): Promise<Credential | undefined> {
    return (await this.#read({ VersionStage: 'AWSPREVIOUS' }))?.credential;
  }

  async pending(version: string): Promise<Credential | undefined> {
    return (await this.#read({ VersionId: version }))?.credential;
  }

  async putPending(version: string, credential: Credential): Promise<void> {
    await this.#ask('PutSecretValue', {
      ClientRequestToken: version,
      SecretString: JSON.stringify(credential),
      VersionStages: ['AWSPENDING'],
    });
  }

  async makeCurrent(version: string, instead: string): Promise<void> {
    await this.#ask('UpdateSecretVersionStage', {
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: version,
      RemoveFromVersionId: instead,
    });
  }

  async #read(which: object) {
    try {
      const { SecretString, VersionId } = answer.parse(await this.#ask('GetSecretValue', which));
      return { version: VersionId, credential: parseCredential(SecretString) };
    } catch (error) {
      if (error instanceof AwsJsonError && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  #ask(operation: string, input: object): Promise<unknown> {
    return this.#call(operation, { SecretId: this.#secretId, ...input });
  }
}
