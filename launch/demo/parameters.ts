/** Parameters of the app for a demo shop on this machine. */
export const DEMO_PARAMETERS: Readonly<Record<string, string>> = {
  // Orders of ¥10,000.00 or more wait for approval.
  ReviewFrom: '1000000',
  // Here functions share processors, not an account's concurrency: a check of a token waits for its turn instead of being refused.
  AuthoriserConcurrency: '0',
};
