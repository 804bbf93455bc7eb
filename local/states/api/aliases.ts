import { AwsError, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { objects, present } from '../../properties.ts';
import type { Alias, Route } from '../aliases.ts';
import type { Catalogue } from '../catalogue.ts';
import { checkName, invalid, machineArn, optionalText, pageOf, pageSize, text } from '../input.ts';
import { seconds } from '../wire.ts';
import type { ApiParts } from './parts.ts';

const MAX_ROUTES = 2;

export const aliasOperations = ({ context, catalogue, declared }: ApiParts): Operations => {
  const { aliases, machines } = catalogue;

  const existing = (input: JsonObject): Alias => {
    const arn = machineArn(input, 'stateMachineAliasArn');
    const alias = aliases.find(arn);
    if (!alias) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
    return alias;
  };

  return {
    /** The same alias again changes nothing. */
    CreateStateMachineAlias(input) {
      const name = checkName(text(input, 'name'));
      if (/^\d+$/.test(name)) throw invalid('name', name, 'a name that is not a number');
      const routes = routesOf(input, catalogue);
      const machine = catalogue.versions.find(routes[0]!.stateMachineVersionArn)!.machineArn;
      const description = optionalText(input, 'description') ?? null;
      const arn = `${machine}:${name}`;
      const before = aliases.find(arn);
      if (before && !(before.description === description && JSON.stringify(before.routes) === JSON.stringify(routes))) {
        throw new AwsError('ConflictException', `The alias ${arn} exists, with another description or other routes.`);
      }
      const now = context.clock.now();
      if (!before) aliases.put({ arn, routes, description, createdAt: now, updatedAt: now });
      return { stateMachineAliasArn: arn, creationDate: seconds(before?.createdAt ?? now) };
    },

    UpdateStateMachineAlias(input) {
      const alias = existing(input);
      const description = optionalText(input, 'description') ?? alias.description;
      const routes = input.routingConfiguration === undefined ? alias.routes : routesOf(input, catalogue, alias.arn);
      const updatedAt = context.clock.now();
      aliases.put({ ...alias, description, routes, updatedAt });
      declared.warnOfChange(alias.arn);
      return { updateDate: seconds(updatedAt) };
    },

    DescribeStateMachineAlias(input) {
      const { arn, routes, description, createdAt, updatedAt } = existing(input);
      return {
        stateMachineAliasArn: arn,
        name: arn.split(':').at(-1)!,
        ...present({ description: description ?? undefined }),
        routingConfiguration: routes.map((route) => ({ ...route })),
        creationDate: seconds(createdAt),
        updateDate: seconds(updatedAt),
      };
    },

    /** In the order of their names; a version's ARN lists the aliases that route to it. */
    ListStateMachineAliases(input) {
      const limit = pageSize(input);
      const arn = machineArn(input);
      const machine = catalogue.versions.find(arn)?.machineArn ?? machines.require(arn).arn;
      const after = optionalText(input, 'nextToken') ?? '';
      const rows = aliases
        .page(machine, after, -1)
        .filter(({ routes }) => arn === machine || routes.some((route) => route.stateMachineVersionArn === arn));
      const { page, next } = pageOf(rows, limit, (alias) => alias.arn);
      return {
        stateMachineAliases: page.map((alias) => ({
          stateMachineAliasArn: alias.arn,
          creationDate: seconds(alias.createdAt),
        })),
        ...next,
      };
    },

    DeleteStateMachineAlias(input) {
      const { arn } = existing(input);
      declared.refuseDeletion(arn);
      aliases.remove(arn);
      return {};
    },
  };
};

/** One or two versions of one machine, whose weights are 100 together. @param aliasArn whose machine they must be of */
function routesOf(input: JsonObject, { versions }: Catalogue, aliasArn?: string): Route[] {
  const given = objects(input.routingConfiguration);
  const refuse = (expected: string) => invalid('routingConfiguration', input.routingConfiguration, expected);
  if (given.length === 0 || given.length > MAX_ROUTES) throw refuse(`one or two routes`);
  const routes = given.map((route) => ({
    stateMachineVersionArn: machineArn(route, 'stateMachineVersionArn'),
    weight: typeof route.weight === 'number' ? route.weight : Number.NaN,
  }));
  const known = routes.map(({ stateMachineVersionArn: arn }) => {
    const version = versions.find(arn);
    if (!version) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, 400, { resourceName: arn });
    return version;
  });
  if (new Set(known.map(({ arn }) => arn)).size < known.length) throw refuse('two different versions');
  const machine = aliasArn?.replace(/:[^:]+$/, '') ?? known[0]!.machineArn;
  if (known.some((version) => version.machineArn !== machine)) throw refuse('versions of one state machine');
  if (!routes.every(({ weight }) => Number.isInteger(weight) && weight >= 0 && weight <= 100)) {
    throw refuse('weights that are whole numbers from 0 to 100');
  }
  if (routes.reduce((sum, { weight }) => sum + weight, 0) !== 100) throw refuse('weights that are 100 together');
  return routes;
}
