import * as z from 'zod';
import { type AwsJsonCall, AwsJsonError } from '../../shared/edge/aws-json.ts';
import type { ConfigurationVersions, StoredVersion } from '../application/ports.ts';

const historyPage = z.object({
  Parameters: z.array(
    z.object({
      Version: z.int(),
      Value: z.string(),
      /** Seconds since the epoch. */
      LastModifiedDate: z.number(),
      LastModifiedUser: z.string().default('unknown'),
    }),
  ),
  NextToken: z.string().optional(),
});
const put = z.object({ Version: z.int() });

/** The versions of a parameter of Systems Manager, which keeps a hundred. */
export class SsmConfigurationVersions implements ConfigurationVersions {
  readonly #name: string;
  readonly #call: AwsJsonCall;

  constructor({ name, call }: { readonly name: string; readonly call: AwsJsonCall }) {
    this.#name = name;
    this.#call = call;
  }

  async all(): Promise<readonly StoredVersion[]> {
    const found: StoredVersion[] = [];
    let next: string | undefined;
    do {
      const page = await this.#page(next);
      found.push(
        ...page.Parameters.map(({ Version, Value, LastModifiedDate, LastModifiedUser }) => ({
          version: Version,
          value: Value,
          at: new Date(LastModifiedDate * 1_000).toISOString(),
          storedBy: LastModifiedUser,
        })),
      );
      next = page.NextToken;
    } while (next !== undefined);
    return found.sort((one, other) => one.version - other.version);
  }

  async put(value: string): Promise<number> {
    const answer = await this.#call('PutParameter', {
      Name: this.#name,
      Value: value,
      Type: 'String',
      Overwrite: true,
      Tier: 'Intelligent-Tiering',
      Description: 'Settings of Waybill; see its docs/operating.md',
    });
    return put.parse(answer).Version;
  }

  async #page(token: string | undefined): Promise<z.output<typeof historyPage>> {
    try {
      const query = { Name: this.#name, ...(token === undefined ? {} : { NextToken: token }) };
      return historyPage.parse(await this.#call('GetParameterHistory', query));
    } catch (error) {
      if (error instanceof AwsJsonError && error.name === 'ParameterNotFound') return { Parameters: [] };
      throw error;
    }
  }
}
