/** How a person or a test on this machine calls the runtime's AWS endpoint: as the account's operator. */
export const operatorClientConfig = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
});
