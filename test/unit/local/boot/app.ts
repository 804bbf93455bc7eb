/** A small app as `cdk synth` would write it: an API, a table with a stream, functions, a bus, a queue and a state machine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Each function is one export; AWS is called as the SDK would, without the SDK. */
const CODE = `
const call = async (target, input) => {
  const answer = await fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: { 'x-amz-target': target, authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/d/r/s/aws4_request' },
    body: JSON.stringify(input),
  });
  const content = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(content.message), { name: content.__type });
  return content;
};
const { JOBS, BUS, MACHINE } = process.env;
const http = (statusCode, content) => ({ statusCode, body: JSON.stringify(content) });

export const submit = async ({ body }) => {
  await call('DynamoDB_20120810.PutItem', { TableName: JOBS, Item: { id: { S: JSON.parse(body).id }, state: { S: 'new' } } });
  return http(202, {});
};
export const read = async ({ pathParameters: { id } }) => {
  const { Item } = await call('DynamoDB_20120810.GetItem', { TableName: JOBS, Key: { id: { S: id } }, ConsistentRead: true });
  return Item ? http(200, { state: Item.state.S }) : http(404, {});
};
export const forbidden = async () => {
  try {
    await call('DynamoDB_20120810.DeleteItem', { TableName: JOBS, Key: { id: { S: 'x' } } });
    return http(200, {});
  } catch (error) {
    return http(403, { name: error.name, message: error.message });
  }
};
export const relay = async ({ Records }) => {
  const Entries = Records.filter(({ eventName }) => eventName === 'INSERT')
    .map(({ dynamodb }) => ({ EventBusName: BUS, Source: 'jobs', DetailType: 'JobSubmitted', Detail: JSON.stringify({ id: dynamodb.Keys.id.S }) }));
  if (Entries.length > 0) await call('AWSEvents.PutEvents', { Entries });
};
export const start = async ({ Records }) => {
  for (const { body } of Records) {
    const { detail: { id } } = JSON.parse(body);
    await call('AWSStepFunctions.StartExecution', { stateMachineArn: MACHINE, name: id, input: JSON.stringify({ id }) });
  }
};
export const finish = async ({ id, state }) => {
  await call('DynamoDB_20120810.PutItem', { TableName: JOBS, Item: { id: { S: id }, state: { S: state } } });
};`;

const DEFINITION = {
  QueryLanguage: 'JSONata',
  StartAt: 'Begin',
  States: {
    Begin: task("{% {'id': $states.input.id, 'state': 'begun'} %}", {
      Assign: { id: '{% $states.input.id %}' },
      Next: 'Rest',
    }),
    Rest: { Type: 'Wait', Seconds: 1, Next: 'Finish' },
    Finish: task("{% {'id': $id, 'state': 'done'} %}", { End: true }),
  },
};

function task(Payload: string, more: object) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: '${Finish}', Payload },
    ...more,
  };
}

const att = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const allow = (Action: string | string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const role = (...Statement: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Statement } }] },
});
const invocation = (id: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`,
});

const lambda = (handler: string, ...Statement: object[]) => ({
  [`${handler}Role`]: role(...Statement),
  [handler]: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Handler: `index.${handler}`,
      Role: att(`${handler}Role`),
      Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
      Timeout: 10,
      Environment: {
        Variables: {
          JOBS: { 'Fn::ImportValue': 'Data:Jobs' },
          BUS: { Ref: 'Bus' },
          ...(handler === 'start' ? { MACHINE: { Ref: 'Machine' } } : {}),
        },
      },
    },
  },
});

const method = (id: string, HttpMethod: string, resource: unknown) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ResourceId: resource,
    HttpMethod,
    AuthorizationType: 'NONE',
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocation(id) },
  },
});
const apiResource = (PathPart: string, ParentId: unknown) => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: { RestApiId: { Ref: 'Api' }, ParentId, PathPart },
});

const DATA = {
  Resources: {
    Jobs: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
    },
  },
  Outputs: {
    Jobs: { Value: { Ref: 'Jobs' }, Export: { Name: 'Data:Jobs' } },
    JobsArn: { Value: att('Jobs'), Export: { Name: 'Data:JobsArn' } },
    JobsStream: { Value: att('Jobs', 'StreamArn'), Export: { Name: 'Data:JobsStream' } },
  },
};

const jobs = { 'Fn::ImportValue': 'Data:JobsArn' };
const stream = { 'Fn::ImportValue': 'Data:JobsStream' };
const APP = {
  Parameters: { Greeting: { Type: 'String' } },
  Resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'jobs' } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { source: ['jobs'] },
        Targets: [{ Id: 'T', Arn: att('Queue') }],
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: att('Queue', 'QueueName') }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    },
    ...lambda('submit', allow('dynamodb:PutItem', jobs)),
    ...lambda('read', allow('dynamodb:GetItem', jobs)),
    ...lambda('forbidden', allow('dynamodb:Get*', jobs)),
    ...lambda(
      'relay',
      allow('events:PutEvents', att('Bus')),
      allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], stream),
    ),
    ...lambda(
      'start',
      allow('states:StartExecution', { Ref: 'Machine' }),
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Queue')),
    ),
    ...lambda('finish', allow('dynamodb:PutItem', jobs)),
    RelaySource: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: stream,
        FunctionName: { Ref: 'relay' },
        StartingPosition: 'TRIM_HORIZON',
        MaximumRetryAttempts: 5,
      },
    },
    StartSource: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: att('Queue'), FunctionName: { Ref: 'start' } },
    },
    MachineRole: role(allow('lambda:InvokeFunction', att('finish'))),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: att('MachineRole'),
        DefinitionString: JSON.stringify(DEFINITION),
        DefinitionSubstitutions: { Finish: att('finish') },
      },
    },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Jobs' } },
    JobsResource: apiResource('jobs', att('Api', 'RootResourceId')),
    JobResource: apiResource('{id}', { Ref: 'JobsResource' }),
    Submit: method('submit', 'POST', { Ref: 'JobsResource' }),
    Forbidden: method('forbidden', 'DELETE', { Ref: 'JobsResource' }),
    Read: method('read', 'GET', { Ref: 'JobResource' }),
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      Properties: { RestApiId: { Ref: 'Api' } },
      DependsOn: ['Submit', 'Read'],
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'live' },
    },
  },
  Outputs: {
    Greeted: { Value: { 'Fn::Sub': '${Greeting} from ${AWS::StackName}' } },
    MachineArn: { Value: { Ref: 'Machine' } },
  },
};

/** Writes the assembly into `dir`. */
export function writeApp(dir: string): void {
  const write = (file: string, content: unknown) =>
    writeFileSync(path.join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));
  mkdirSync(path.join(dir, 'asset.code'), { recursive: true });
  write('asset.code/index.mjs', CODE);
  write('data.template.json', DATA);
  write('app.template.json', APP);
  const destinations = { here: { bucketName: 'assets', objectKey: 'code.zip' } };
  write('app.assets.json', {
    files: { code: { source: { path: 'asset.code', packaging: 'zip' }, destinations } },
  });
  const stack = (templateFile: string, dependencies: string[]) => ({
    type: 'aws:cloudformation:stack',
    dependencies,
    properties: { templateFile },
  });
  write('manifest.json', {
    artifacts: {
      App: stack('app.template.json', ['Data', 'App.assets']),
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'app.assets.json' } },
      Data: stack('data.template.json', []),
    },
  });
}
