import { AwsError } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { badToken, machineArn, optionalText, pageOf, pageSize } from '../input.ts';
import { revisionOf } from '../machines.ts';
import { seconds } from '../wire.ts';
import type { ApiParts } from './parts.ts';

export const versionOperations = ({ context, catalogue, declared }: ApiParts): Operations => {
  const { machines, versions, aliases } = catalogue;
  return {
    PublishStateMachineVersion(input) {
      const arn = machineArn(input);
      const revision = optionalText(input, 'revisionId');
      const current = revisionOf(machines.require(arn));
      if (revision !== undefined && revision !== current) {
        throw new AwsError(
          'ConflictException',
          `The revision of ${arn} is ${current}; the request is for ${revision}.`,
        );
      }
      const now = context.clock.now();
      const version = versions.publish(arn, now, optionalText(input, 'description') ?? null);
      return { stateMachineVersionArn: version.arn, creationDate: seconds(version.createdAt ?? now) };
    },

    /** The newest first. */
    ListStateMachineVersions(input) {
      const limit = pageSize(input);
      const machine = machines.require(machineArn(input));
      const token = optionalText(input, 'nextToken');
      if (token !== undefined && !/^\d+$/.test(token)) throw badToken(token);
      const rows = versions.page(machine.arn, Number(token ?? Number.MAX_SAFE_INTEGER), limit + 1);
      const { page, next } = pageOf(rows, limit, ({ number }) => String(number));
      return {
        stateMachineVersions: page.map(({ arn, createdAt }) => ({
          stateMachineVersionArn: arn,
          creationDate: seconds(createdAt ?? machine.createdAt),
        })),
        ...next,
      };
    },

    /** What runs goes on. A version that is not there is deleted already. */
    DeleteStateMachineVersion(input) {
      const arn = machineArn(input, 'stateMachineVersionArn');
      const version = versions.find(arn);
      if (!version) return {};
      declared.refuseDeletion(arn);
      const users = aliases.of(version.machineArn).filter(({ routes }) => {
        return routes.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn);
      });
      if (users.length > 0) {
        const names = users.map((alias) => alias.arn.split(':').at(-1)).join(', ');
        throw new AwsError(
          'ConflictException',
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
        );
      }
      versions.remove(arn);
      return {};
    },
  };
};
