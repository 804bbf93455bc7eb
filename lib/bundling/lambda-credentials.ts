/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles. Lambda hands credentials over in the
 * environment and nowhere else, so the chain of profiles, SSO, processes, web identity and instance metadata is
 * a hundred kilobytes of every cold start that can never run.
 */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Reads the environment once: its credentials are for as long as the execution environment lives, and clients ask for
 * them twice a request.
 * @returns a provider that rejects when the environment holds no credentials.
 */
export const defaultProvider = () => {
  let known: Promise<Credentials> | undefined;
  return (): Promise<Credentials> => (known ??= fromEnvironment());
};

async function fromEnvironment(): Promise<Credentials> {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error(
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not in the environment, ' +
        'and bundled functions take credentials from nowhere else (lib/bundling/lambda-credentials.ts).',
    );
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
