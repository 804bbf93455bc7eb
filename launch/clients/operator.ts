/** How a person or a test on this machine calls the runtime's AWS endpoint: as the account's operator. */
export const operatorClientConfig = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
});

/** The environment in which a call of one of AWS's JSON services goes to this endpoint, as that operator. */
export function operatorEnvironment(endpoint: string) {
  const { region, credentials } = operatorClientConfig(endpoint);
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
  };
}
