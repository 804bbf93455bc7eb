import '../../../support/platform/function-environment.ts';
import { describe, expect, test } from 'vitest';
import { SharedCircuits } from '../../../../functions/recovery/adapters/shared-circuits.ts';
import { StepFunctionsTokens } from '../../../../functions/recovery/adapters/step-functions-tokens.ts';
import { AwsJsonError } from '../../../../functions/shared/edge/aws-json.ts';
import { type Circuit, NEW_CIRCUIT } from '../../../../functions/shared/outbound/circuit/circuit.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { START } from '../../../support/orders/streams.ts';

/** A service that answers each call, or refuses it with this error. */
function service(error?: string) {
  const calls: (readonly [string, object])[] = [];
  const call = async (operation: string, input: object) => {
    calls.push([operation, input]);
    if (error !== undefined) throw new AwsJsonError(error, 'No.', 400);
    return {};
  };
  return { calls, call };
}

describe('Tokens of executions', () => {
  test('are answered with a success, or with the name of an error', async () => {
    const { calls, call } = service();
    const tokens = new StepFunctionsTokens(call);
    expect(await tokens.succeed('token')).toBe(true);
    expect(await tokens.fail('token', { name: 'PaymentWindowClosed', message: 'It is over.' })).toBe(true);
    expect(calls).toEqual([
      ['SendTaskSuccess', { taskToken: 'token', output: '{}' }],
      ['SendTaskFailure', { taskToken: 'token', error: 'PaymentWindowClosed', cause: 'It is over.' }],
    ]);
  });

  test.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('may be gone: %s', async (error) => {
    const tokens = new StepFunctionsTokens(service(error).call);
    expect(await tokens.succeed('token')).toBe(false);
    expect(await tokens.fail('token', { name: 'E', message: '' })).toBe(false);
  });

  test('are tried again later when Step Functions has other trouble', async () => {
    const tokens = new StepFunctionsTokens(service('ThrottlingException').call);
    await expect(tokens.succeed('token')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('The circuit that waiting orders follow', () => {
  const circuits = (circuit: Circuit) =>
    new SharedCircuits({
      store: { read: async () => ({ circuit, version: 1, instances: [] }) },
      configuration: fixedConfiguration({ partners: { carrier: { breaker: { probes: 5 } } } }),
      now: () => START,
    });
  const open = (until: number): Circuit => ({ ...NEW_CIRCUIT, state: 'open', until });
  const probes = [{ callId: 'call', until: START + 1 }];

  test.each([
    ['closed', NEW_CIRCUIT, { state: 'closed' }],
    ['open', open(START + 1), { state: 'open', until: START + 1, probes: 2 }],
    ['open until now', open(START), { state: 'half-open', probes: 2 }],
    [
      'half-open with a call under way',
      { ...NEW_CIRCUIT, state: 'half-open', probes, successes: 0 },
      { state: 'half-open', probes: 1 },
    ],
  ] as const)('is the shared one: %s', async (_, circuit, expected) => {
    expect(await circuits(circuit).find('payment-gateway')).toEqual(expected);
  });

  test('lets through what is set for the partner, and everything to the platform itself', async () => {
    expect(await circuits(open(START)).find('carrier')).toEqual({ state: 'half-open', probes: 5 });
    expect(await circuits(open(START + 1)).find('platform')).toEqual({ state: 'closed' });
  });
});
