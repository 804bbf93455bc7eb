import { describe, expect, test } from 'vitest';
import { deploy } from '../../../../local/assembly/deploy.ts';
import type { Stack, Template } from '../../../../local/assembly/template.ts';
import type { Made, Resource } from '../../../../local/resource.ts';

const stack = (name: string, template: Partial<Template>): Stack => ({
  name,
  template: { Resources: {}, ...template },
  assets: new Map(),
});

/** Deploys and notes what is made, in order. A resource's `Ref` is its logical id in lower case, its `Arn` an ARN. */
async function deployed(
  stacks: readonly Stack[],
  parameters: Record<string, string> = {},
): Promise<{ outputs: Record<string, string>; made: Resource[] }> {
  const made: Resource[] = [];
  const make = async (resource: Resource): Promise<Made> => {
    made.push(resource);
    return { ref: resource.logicalId.toLowerCase(), attributes: { Arn: `arn:${resource.logicalId}` } };
  };
  const { outputs } = await deploy(stacks, { region: 'us-east-1', account: '000000000000', parameters, make });
  return { outputs: { ...outputs }, made };
}

describe('Resources are made', () => {
  test('after those that they refer to or depend on, whatever their order in the template', async () => {
    const { made } = await deployed([
      stack('S', {
        Resources: {
          Mapping: {
            Type: 'M',
            Properties: { Function: { Ref: 'Function' }, Source: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
            DependsOn: ['Policy'],
          },
          Policy: { Type: 'P', DependsOn: 'Role' },
          Function: { Type: 'F', Properties: { Role: { 'Fn::Sub': '${Role.Arn}' } } },
          Role: { Type: 'R' },
          Queue: { Type: 'Q' },
        },
      }),
    ]);
    expect(made.map(({ logicalId }) => logicalId)).toEqual(['Role', 'Function', 'Queue', 'Policy', 'Mapping']);
    expect(made.at(-1)).toMatchObject({
      stack: 'S',
      type: 'M',
      properties: { Function: 'function', Source: 'arn:Queue' },
    });
  });

  test('unless their condition does not hold', async () => {
    const template = {
      Parameters: { Stage: { Type: 'String', Default: 'live' } },
      Conditions: { IsTrial: { 'Fn::Equals': [{ Ref: 'Stage' }, 'trial'] } },
      Resources: { Extra: { Type: 'E', Condition: 'IsTrial' }, Always: { Type: 'A' } },
      Outputs: { ExtraName: { Value: { Ref: 'Extra' }, Condition: 'IsTrial' } },
    };
    expect((await deployed([stack('S', template)])).made.map(({ logicalId }) => logicalId)).toEqual(['Always']);
    const trial = await deployed([stack('S', template)], { Stage: 'trial' });
    expect(trial.made).toHaveLength(2);
    expect(trial.outputs).toEqual({ ExtraName: 'extra' });
  });

  test('with what earlier stacks export', async () => {
    const { outputs, made } = await deployed([
      stack('Data', {
        Resources: { Table: { Type: 'T' } },
        Outputs: { Out: { Value: { Ref: 'Table' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Table' } } } },
      }),
      stack('App', {
        Resources: { Function: { Type: 'F', Properties: { Table: { 'Fn::ImportValue': 'Data:Table' } } } },
      }),
    ]);
    expect(made.at(-1)!.properties).toEqual({ Table: 'table' });
    expect(outputs).toEqual({ Out: 'table' });
  });

  test('with pseudo parameters and mappings', async () => {
    const { made } = await deployed([
      stack('S', {
        Mappings: { Sizes: { live: { memory: 256 } } },
        Resources: {
          A: {
            Type: 'A',
            Properties: {
              Arn: { 'Fn::Sub': 'arn:${AWS::Partition}:x:${AWS::Region}:${AWS::AccountId}' },
              Memory: { 'Fn::FindInMap': ['Sizes', 'live', 'memory'] },
            },
          },
        },
      }),
    ]);
    expect(made[0]!.properties).toEqual({ Arn: 'arn:aws:x:us-east-1:000000000000', Memory: 256 });
  });
});

describe('A parameter', () => {
  const template = {
    Parameters: {
      GatewayUrl: { Type: 'String', AllowedPattern: 'https?://.+', Description: 'address of the gateway' },
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x/version' },
    },
    Resources: { A: { Type: 'A', Properties: { Url: { Ref: 'GatewayUrl' } } } },
  };

  test('has the given value', async () => {
    expect((await deployed([stack('S', template)], { GatewayUrl: 'http://x' })).made[0]!.properties).toEqual({
      Url: 'http://x',
    });
  });

  test('without a value, of another form, or that no stack has, is refused with its name', async () => {
    await expect(deployed([stack('S', template)])).rejects.toThrow(
      /A \(A\) of the stack S.*GatewayUrl has no value \(address of the gateway\)/,
    );
    await expect(deployed([stack('S', template)], { GatewayUrl: 'ftp://x' })).rejects.toThrow(
      '"ftp://x"; expected a match of https?://.+',
    );
    await expect(deployed([stack('S', template)], { GatewayUrl: 'http://x', GatewayURL: 'http://y' })).rejects.toThrow(
      'No stack has a parameter GatewayURL',
    );
  });
});

describe('A template that cannot be deployed says where and why:', () => {
  const cases: readonly (readonly [string, Template['Resources'], RegExp])[] = [
    [
      'a circle',
      { A: { Type: 'A', DependsOn: 'B' }, B: { Type: 'B', DependsOn: 'A' } },
      /stack S, A depends on itself/,
    ],
    ['an unknown name', { A: { Type: 'A', Properties: { x: { Ref: 'Nowhere' } } } }, /A \(A\) of the stack S.*Nowhere/],
    [
      'an attribute that is not there',
      { A: { Type: 'A' }, B: { Type: 'B', Properties: { x: { 'Fn::GetAtt': ['A', 'Url'] } } } },
      /A \(A\) has no attribute Url/,
    ],
    [
      'an attribute of nothing',
      { B: { Type: 'B', Properties: { x: { 'Fn::GetAtt': ['Z', 'Url'] } } } },
      /no resource Z/,
    ],
    [
      'an import that nobody exports',
      { A: { Type: 'A', Properties: { x: { 'Fn::ImportValue': 'Gone' } } } },
      /No stack exports Gone/,
    ],
    ['an unknown condition', { A: { Type: 'A', Condition: 'Maybe' } }, /no condition Maybe/],
    [
      'a mapping without the entry',
      { A: { Type: 'A', Properties: { x: { 'Fn::FindInMap': ['M', 'a', 'b'] } } } },
      /mapping M has no a, b/,
    ],
  ];
  test.each(cases)('%s', async (_, Resources, said) => {
    await expect(deployed([stack('S', { Resources })])).rejects.toThrow(said);
  });

  test('the provider’s own reason is kept', async () => {
    const failing = deploy([stack('S', { Resources: { A: { Type: 'T' } } })], {
      region: 'us-east-1',
      account: '000000000000',
      parameters: {},
      make: async () => {
        throw new Error('It has Layers.');
      },
    });
    await expect(failing).rejects.toThrow('A (T) of the stack S cannot be made: It has Layers.');
  });
});
