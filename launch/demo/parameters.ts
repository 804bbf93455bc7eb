/** Parameters of the app for a demo shop on this machine. */
export const DEMO_PARAMETERS: Readonly<Record<string, string>> = {
  // Orders of ¥10,000.00 or more wait for approval.
  ReviewFrom: '1000000',
  // Mails go nowhere: they are files, and pages at the AWS endpoint.
  EmailSender: 'orders@waybill.example',
  // Here functions share processors, not an account's concurrency: a check of a token waits for its turn instead of being refused.
  AuthoriserConcurrency: '0',
};
