import { prefixOf } from '../../lib/stages/environment.ts';
import { stageNamed } from '../../lib/stages/stage.ts';
import { STAGES } from '../../lib/stages/stages.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { dataDirOf, runningInstance } from '../clients/running-instance.ts';
import { AwsAccount } from '../deploy/preflight/aws-account.ts';
import { targetIn } from '../deploy/target.ts';
import type { ShopAddress } from './shop.ts';

/**
 * The environment that a command is for: the stage, or what is deployed to the emulator that AWS_ENDPOINT_URL names, or the instance that runs on this machine.
 * @throws Error with a message for the person who runs the program
 */
export async function addressOf(stage: string | undefined, environment: NodeJS.ProcessEnv): Promise<ShopAddress> {
  const { WAYBILL_TOKEN: token, AWS_ENDPOINT_URL } = environment;
  if (stage === undefined && AWS_ENDPOINT_URL === undefined) {
    const { url, endpointUrl, outputs } = await runningInstance(
      dataDirOf(environment),
      ' Or name a stage with --stage, or an emulator in AWS_ENDPOINT_URL.',
    );
    return { url, outputs, clientConfig: operatorClientConfig(endpointUrl), token };
  }
  const known = stage === undefined ? undefined : stageNamed(stage, STAGES);
  const target = await targetIn(environment, known?.region);
  const { clientConfig } = target;
  const prefix = `${prefixOf(known?.name)}-`;
  const stacks = await new AwsAccount(clientConfig).stacks(prefix);
  const outputs = Object.assign({}, ...stacks.map((stack) => stack.outputs)) as Record<string, string>;
  if (outputs.ApiUrl === undefined) {
    throw new Error(
      `No stack ${prefix}Api is deployed there; expected one with the output ApiUrl: deploy the environment first.`,
    );
  }
  return { url: target.apiUrl(outputs.ApiUrl), outputs, clientConfig, token };
}
