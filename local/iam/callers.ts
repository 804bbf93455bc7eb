import { AwsError, type FunctionCredentials } from '../contracts.ts';

/** The access key of a person or a test on this machine: it may do everything. */
export const OPERATOR_KEY = 'operator';

export interface FunctionCaller {
  readonly kind: 'function';
  readonly functionName: string;
  readonly roleArn: string;
}

/** A caller of the endpoint: the operator, or a function with its role. */
export type Caller = { readonly kind: 'operator' } | FunctionCaller;

/**
 * Gives each function an access key of its own and knows callers by it. Signatures are not verified: the endpoint
 * listens on this machine only, and keys tell callers apart; they do not protect the endpoint.
 */
export class Callers {
  readonly #byKey = new Map<string, Caller>([[OPERATOR_KEY, { kind: 'operator' }]]);

  register(functionName: string, roleArn: string): void {
    this.#byKey.set(keyOf(functionName), { kind: 'function', functionName, roleArn });
  }

  credentialsFor(functionName: string): FunctionCredentials {
    return { accessKeyId: keyOf(functionName), secretAccessKey: 'local' };
  }

  /** A function by its ARN, with or without a version or alias. */
  ofFunction(functionArn: string): FunctionCaller {
    const caller = this.#byKey.get(keyOf(functionArn.split(':')[6]!));
    if (caller?.kind !== 'function') throw new Error(`There is no function ${functionArn}.`);
    return caller;
  }

  /**
   * @param authorization the header of a request signed with Signature Version 4
   * @throws AwsError `MissingAuthenticationTokenException`, `UnrecognizedClientException`
   */
  identify(authorization: string | undefined): Caller {
    const key = /Credential=([^/]+)\//.exec(authorization ?? '')?.[1];
    if (key === undefined) {
      throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    }
    const caller = this.#byKey.get(key);
    if (!caller) {
      throw new AwsError(
        'UnrecognizedClientException',
        `The access key ${key} is not known; on this machine use ${OPERATOR_KEY}.`,
        403,
      );
    }
    return caller;
  }
}

const keyOf = (functionName: string): string => `LOCAL-${functionName}`;
