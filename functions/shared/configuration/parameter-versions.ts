import * as z from 'zod';
import { type AwsJsonCall, AwsJsonError } from '../edge/aws-json.ts';

/** One version of a parameter, as Systems Manager keeps it. */
export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
}

/** The versions of one parameter that a reader needs. Version 1 is the first. */
export interface ParameterVersions {
  /** The newest one; undefined when the parameter does not exist. */
  newest(): Promise<ParameterVersion | undefined>;
  /** One of the hundred that are kept. */
  at(version: number): Promise<ParameterVersion | undefined>;
}

const answer = z.object({ Parameter: z.object({ Version: z.int().min(1), Value: z.string() }) });
const ABSENT = new Set(['ParameterNotFound', 'ParameterVersionNotFound']);

/** Of Systems Manager. */
export class SsmParameterVersions implements ParameterVersions {
  readonly #name: string;
  readonly #call: AwsJsonCall;

  constructor({ name, call }: { readonly name: string; readonly call: AwsJsonCall }) {
    this.#name = name;
    this.#call = call;
  }

  newest(): Promise<ParameterVersion | undefined> {
    return this.#get(this.#name);
  }

  at(version: number): Promise<ParameterVersion | undefined> {
    return this.#get(`${this.#name}:${version}`);
  }

  async #get(name: string): Promise<ParameterVersion | undefined> {
    try {
      const { Parameter } = answer.parse(await this.#call('GetParameter', { Name: name }));
      return { version: Parameter.Version, value: Parameter.Value };
    } catch (error) {
      if (error instanceof AwsJsonError && ABSENT.has(error.name)) return undefined;
      throw error;
    }
  }
}
