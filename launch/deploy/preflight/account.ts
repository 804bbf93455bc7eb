/** What a deployment has to know of the AWS account before it begins. Each answer is read, and nothing is changed. */
export interface Account {
  /** Who the credentials are. @throws Error when there are none, or when they are not accepted */
  caller(): Promise<Caller>;
  /** The version of CDK's bootstrap stack; undefined when the account has none in this region. */
  bootstrapVersion(): Promise<number | undefined>;
  /** How many functions may run at once. */
  concurrency(): Promise<Concurrency>;
  /** The ARN of the role with which API Gateway writes logs in the whole account and region; undefined when there is none. */
  loggingRole(): Promise<string | undefined>;
  /** The stacks that are there and whose name begins so. */
  stacks(prefix: string): Promise<readonly DeployedStack[]>;
}

export interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly region: string;
}

export interface Concurrency {
  readonly limit: number;
  /** Without what functions have reserved. */
  readonly unreserved: number;
}

export interface DeployedStack {
  readonly name: string;
  /** As CloudFormation says it, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  /** The values of its parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Its outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}
