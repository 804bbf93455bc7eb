/** A Secrets Manager with one secret, as a template makes it. */
import type { InvocationResult, JsonObject } from '../../../../local/contracts.ts';
import { SecretsManagerService } from '../../../../local/secretsmanager/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

export const ROTATOR = 'arn:aws:lambda:us-east-1:000000000000:function:rotator';

interface SecretsOptions {
  readonly dataDir?: string;
  readonly clock?: VirtualClock;
  /** The answer of the rotation function. */
  readonly rotate?: (event: JsonObject) => Promise<void>;
}

export async function secretsManager({ dataDir, clock = new VirtualClock(), rotate }: SecretsOptions = {}) {
  const context = testContext(clock);
  const service = new SecretsManagerService(context, {
    ...(dataDir === undefined ? {} : { dataDir }),
    invoker: {
      invoke: async (functionArn, payload): Promise<InvocationResult> => {
        const answer = { statusCode: 200, executedVersion: '$LATEST', payload: 'null' };
        try {
          await rotate?.({ functionArn, ...(JSON.parse(payload) as JsonObject) });
          return answer;
        } catch (error) {
          return { ...answer, functionError: 'Unhandled', payload: (error as Error).message };
        }
      },
    },
  });
  const make = (type: string, properties: JsonObject) =>
    service.resources[`AWS::SecretsManager::${type}`]!({
      stack: 'Shop',
      logicalId: type,
      type,
      properties,
      assets: new Map(),
    });
  const { ref: arn } = await make('Secret', {
    Description: 'A credential',
    GenerateSecretString: {
      SecretStringTemplate: '{"kind":"token"}',
      GenerateStringKey: 'secret',
      PasswordLength: 40,
      ExcludePunctuation: true,
    },
  });
  const ask = (operation: string, input: JsonObject = {}) => service.handle(operation, { SecretId: arn, ...input });
  const value = async (input: JsonObject = {}) => (await ask('GetSecretValue', input)).SecretString as string;
  return { service, context, clock, arn, make, ask, value };
}
