import { arnOf } from '../../arn.ts';
import { AwsError, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { checkName, invalid, machineArn, optionalChoice, optionalText, pageOf, pageSize, text } from '../input.ts';
import { type MachineRow, revisionOf, settingsOf } from '../machines.ts';
import { machineDescription, seconds } from '../wire.ts';
import type { ApiParts } from './parts.ts';
import { tagsOf } from './tags.ts';

const TYPES = ['STANDARD', 'EXPRESS'] as const;
/** What a client may give a machine, and is told again. */
const SETTINGS = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
} as const satisfies JsonObject;

export const machineOperations = ({ context, catalogue, declared, definitions, executions }: ApiParts): Operations => {
  const { machines, versions } = catalogue;
  const now = () => context.clock.now();

  /** The version that `publish` asks for. */
  const published = (input: JsonObject, arn: string): JsonObject => {
    const description = optionalText(input, 'versionDescription');
    if (input.publish !== true) {
      if (description === undefined) return {};
      throw invalid('versionDescription', description, 'nothing, because publish is not true');
    }
    return { stateMachineVersionArn: versions.publish(arn, now(), description ?? null).arn };
  };

  return {
    /** The same machine again changes nothing; role and tags are not compared. */
    CreateStateMachine(input) {
      const name = checkName(text(input, 'name'));
      const arn = arnOf(context, 'states', `stateMachine:${name}`);
      const machine: MachineRow = {
        arn,
        name,
        definition: text(input, 'definition'),
        roleArn: roleArn(input),
        type: optionalChoice(input, 'type', TYPES) ?? 'STANDARD',
        settings: settings(input, {}),
        createdAt: now(),
        updatedAt: now(),
      };
      const existing = machines.find(arn);
      if (existing && !isSame(existing, machine)) {
        throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      if (!existing) {
        definitions.check(machine.definition, machine.type);
        const tags = tagsOf(input);
        machines.put(machine);
        machines.setTags(arn, tags);
      }
      return {
        stateMachineArn: arn,
        creationDate: seconds((existing ?? machine).createdAt),
        ...published(input, arn),
      };
    },

    UpdateStateMachine(input) {
      const before = unqualified(machineArn(input));
      const definition = optionalText(input, 'definition') ?? before.definition;
      const changed = {
        ...before,
        definition,
        roleArn: input.roleArn === undefined ? before.roleArn : roleArn(input),
        settings: settings(input, settingsOf(before)),
        updatedAt: now(),
      };
      if (!['definition', 'roleArn', ...Object.keys(SETTINGS)].some((field) => field in input)) {
        throw new AwsError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN or a setting must be given.',
        );
      }
      definitions.check(definition, before.type);
      machines.put(changed);
      declared.warnOfChange(before.arn);
      return {
        updateDate: seconds(changed.updatedAt),
        revisionId: revisionOf(changed),
        ...published(input, before.arn),
      };
    },

    DescribeStateMachine(input) {
      const target = catalogue.target(machineArn(input), () => 0);
      const described = { ...SETTINGS, ...settingsOf(target), ...machineDescription(target) };
      return input.includedData === 'METADATA_ONLY' ? withoutDefinition(described) : described;
    },

    ListStateMachines(input) {
      const limit = pageSize(input);
      const rows = machines.page(optionalText(input, 'nextToken') ?? '', limit + 1);
      const { page, next } = pageOf(rows, limit, ({ arn }) => arn);
      return {
        stateMachines: page.map(({ arn, name, type, createdAt }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate: seconds(createdAt),
        })),
        ...next,
      };
    },

    /** Ends what runs on the machine, as on AWS; a machine that is not there is deleted already. */
    DeleteStateMachine(input) {
      const arn = machineArn(input);
      if (!machines.find(arn)) return {};
      declared.refuseDeletion(arn);
      executions.stopAll(arn);
      catalogue.remove(arn);
      return {};
    },
  };

  function unqualified(arn: string): MachineRow {
    if (versions.find(arn) || catalogue.aliases.find(arn)) {
      throw invalid('stateMachineArn', arn, 'the ARN of a state machine, without a version or an alias');
    }
    return machines.require(arn);
  }
};

const isSame = (one: MachineRow, other: MachineRow): boolean =>
  one.definition === other.definition && one.type === other.type && one.settings === other.settings;

const withoutDefinition = ({ definition: _left, ...described }: JsonObject): JsonObject => described;

function roleArn(input: JsonObject): string {
  const arn = text(input, 'roleArn');
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(arn)) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  return arn;
}

function settings(input: JsonObject, before: JsonObject): string | null {
  const given = Object.keys(SETTINGS).flatMap((name) => (input[name] ? [[name, input[name]] as const] : []));
  const all: JsonObject = { ...before, ...Object.fromEntries(given) };
  return Object.keys(all).length === 0 ? null : JSON.stringify(all);
}
