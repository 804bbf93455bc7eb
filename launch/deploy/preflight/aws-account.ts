/** The account as AWS's APIs tell of it. */
import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Account, Caller, Concurrency, DeployedStack } from './account.ts';

/** What SDK clients are made with; without an endpoint they speak to AWS. */
export interface ClientConfig {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** CDK's bootstrap stack says there what it has; `hnb659fds` is the qualifier of everybody who has not chosen another. */
export const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

export class AwsAccount implements Account {
  readonly #config: ClientConfig;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  async caller(): Promise<Caller> {
    return this.#ask(STSClient, async (client) => {
      const [{ Account: account = '', Arn: arn = '' }, region] = await Promise.all([
        client.send(new GetCallerIdentityCommand({})),
        client.config.region(),
      ]);
      return { account, arn, region };
    });
  }

  async bootstrapVersion(): Promise<number | undefined> {
    return this.#ask(SSMClient, async (client) => {
      try {
        const { Parameter } = await client.send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }));
        return Number(Parameter?.Value);
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    });
  }

  async concurrency(): Promise<Concurrency> {
    return this.#ask(LambdaClient, async (client) => {
      const { AccountLimit = {} } = await client.send(new GetAccountSettingsCommand({}));
      const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: unreserved = 0 } = AccountLimit;
      return { limit, unreserved };
    });
  }

  async loggingRole(): Promise<string | undefined> {
    return this.#ask(APIGatewayClient, async (client) => {
      const { cloudwatchRoleArn } = await client.send(new GetAccountCommand({}));
      return cloudwatchRoleArn || undefined;
    });
  }

  async stacks(prefix: string): Promise<readonly DeployedStack[]> {
    return this.#ask(CloudFormationClient, async (client) => {
      const found: DeployedStack[] = [];
      for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
        const own = Stacks.filter(
          ({ StackName = '', StackStatus }) => StackName.startsWith(prefix) && StackStatus !== 'DELETE_COMPLETE',
        );
        for (const { StackName: name = '', StackStatus: status = '', Parameters = [], Outputs = [] } of own) {
          found.push({
            name,
            status,
            parameters: byName(Parameters.map((each) => [each.ParameterKey, each.ParameterValue])),
            outputs: byName(Outputs.map((each) => [each.OutputKey, each.OutputValue])),
          });
        }
      }
      return found;
    });
  }

  async #ask<Client extends { destroy(): void }, Answer>(
    Kind: new (config: ClientConfig) => Client,
    question: (client: Client) => Promise<Answer>,
  ): Promise<Answer> {
    const client = new Kind(this.#config);
    try {
      return await question(client);
    } finally {
      client.destroy();
    }
  }
}

const byName = (entries: readonly (readonly [string | undefined, string | undefined])[]) =>
  Object.fromEntries(entries.flatMap(([name, value]) => (name === undefined ? [] : [[name, value ?? '']])));
