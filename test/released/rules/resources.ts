/** What AWS would replace, or lose, when a deployment changed it: the resources that hold data or work in flight. */

/** A resource as a release has it. */
export interface HeldResource {
  readonly type: string;
  /** The properties that make AWS replace it, or what it holds, when they change. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Whether it stays when its stack lets go of it. */
  readonly isKept: boolean;
}

/** By stack, then by logical id. */
export type HeldResources = Readonly<Record<string, Readonly<Record<string, HeldResource>>>>;

/** Of the types that hold something, the properties whose change is a replacement (CloudFormation, "Update requires"), or makes a new content. */
export const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'StreamSpecification'],
  'AWS::SecretsManager::Secret': ['Name', 'GenerateSecretString'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Events::Rule': ['Name', 'EventBusName'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
  'AWS::StepFunctions::StateMachineAlias': ['Name'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType'],
  'AWS::Lambda::Alias': ['Name', 'FunctionName'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn', 'StartingPosition'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::ApiGateway::RestApi': [],
  'AWS::ApiGateway::Stage': ['StageName', 'RestApiId'],
};

/** What a deployment of these resources over those of the release would replace or lose, in words. */
export function refusedResources(released: HeldResources, now: HeldResources): readonly string[] {
  return Object.entries(released).flatMap(([stack, resources]) =>
    Object.entries(resources).flatMap(([id, before]) => refusedResource(`${id} in ${stack}`, before, now[stack]?.[id])),
  );
}

function refusedResource(name: string, released: HeldResource, now: HeldResource | undefined): readonly string[] {
  const { type } = released;
  if (now?.type !== type) {
    const found = now === undefined ? 'nothing of this id' : `a ${now.type}`;
    return [`${name} was a ${type}, and there is ${found}: what it holds would stay behind. Keep its logical id.`];
  }
  const properties = [...new Set([...Object.keys(released.identity), ...Object.keys(now.identity)])];
  const changed = properties.flatMap((property) => {
    const [before, after] = [released.identity[property], now.identity[property]];
    if (property === INDEXES) return refusedIndexes(name, before as Indexes, after as Indexes);
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [
      `${name} (${type}) has another ${property}, for which AWS replaces it: ${said(before)} became ${said(after)}.`,
    ];
  });
  const lessKept =
    released.isKept && !now.isKept ? [`${name} (${type}) does not stay any more when it is deleted.`] : [];
  return [...changed, ...lessKept];
}

/** In the identity of a table: the keys of each index, by its name. */
export const INDEXES = 'indexes';
type Indexes = Readonly<Record<string, unknown>> | undefined;

/** DynamoDB changes no keys of an index, and makes or deletes one index of a table in an update. */
function refusedIndexes(table: string, released: Indexes = {}, now: Indexes = {}): readonly string[] {
  const names = [...new Set([...Object.keys(released), ...Object.keys(now)])];
  const both = names.filter((name) => name in released && name in now);
  const changed = both.filter((name) => JSON.stringify(released[name]) !== JSON.stringify(now[name]));
  const others = names.filter((name) => !both.includes(name));
  return [
    ...changed.map((name) => `${table} has other keys in the index ${name}, which DynamoDB refuses: name a new index.`),
    ...(others.length > 1
      ? [
          `${table} gains or loses the indexes ${others.join(', ')}; DynamoDB takes one in an update: deploy one after the other.`,
        ]
      : []),
  ];
}

const said = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
