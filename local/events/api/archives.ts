import { AwsError, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { present } from '../../properties.ts';
import type { Archive } from '../archives.ts';
import { patternIn } from '../test-event-pattern.ts';
import { checkedName, invalid, listed, optionalText, optionalWhole, refuseParts, seconds } from './input.ts';
import type { ApiParts } from './parts.ts';

const LONGEST_NAME = 48;

export const archiveOperations = ({ context, catalogue, archives }: ApiParts): Operations => {
  const named = ({ ArchiveName }: JsonObject): Archive =>
    archives.require(checkedName(ArchiveName, 'archiveName', LONGEST_NAME));
  const parts = (input: JsonObject) =>
    present({
      description: optionalText(input, 'Description'),
      pattern: input.EventPattern ? patternIn(input.EventPattern) : undefined,
      retentionDays: optionalWhole(input, 'RetentionDays', 0),
    });
  const changed = ({ name, createdAt }: Archive): JsonObject => ({
    ArchiveArn: archives.arnOf(name),
    State: 'ENABLED',
    CreationTime: seconds(createdAt),
  });
  /** As ListArchives has it. */
  const summaryOf = (archive: Archive): JsonObject => {
    const { count, bytes } = archives.sizeOf(archive);
    return {
      ArchiveName: archive.name,
      EventSourceArn: archive.sourceArn,
      State: 'ENABLED',
      RetentionDays: archive.retentionDays,
      SizeBytes: bytes,
      EventCount: count,
      CreationTime: seconds(archive.createdAt),
    };
  };

  return {
    CreateArchive(input) {
      const name = checkedName(input.ArchiveName, 'archiveName', LONGEST_NAME);
      refuseParts(input, ['KmsKeyIdentifier']);
      const { arn } = catalogue.bus(optionalText(input, 'EventSourceArn'));
      if (archives.find(name)) throw new AwsError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
      archives.put({ retentionDays: 0, ...parts(input), name, sourceArn: arn, createdAt: context.clock.now() });
      return changed(archives.require(name));
    },

    UpdateArchive(input) {
      if (!['EventPattern', 'RetentionDays', 'Description'].some((part) => (input[part] ?? undefined) !== undefined)) {
        throw invalid('At least one of EventPattern, RetentionDays or Description must be provided.');
      }
      const before = named(input);
      archives.put({ ...before, ...parts(input) });
      return changed(before);
    },

    DescribeArchive(input) {
      const archive = named(input);
      const { pattern, description } = archive;
      return {
        ...summaryOf(archive),
        ArchiveArn: archives.arnOf(archive.name),
        ...present({ Description: description, EventPattern: pattern && JSON.stringify(pattern) }),
      };
    },

    ListArchives(input) {
      const prefix = optionalText(input, 'NamePrefix') ?? '';
      const source = optionalText(input, 'EventSourceArn');
      if (source !== undefined) catalogue.bus(source);
      const found = archives
        .all()
        .filter(({ name, sourceArn }) => name.startsWith(prefix) && (source ?? sourceArn) === sourceArn)
        .filter(() => (input.State ?? 'ENABLED') === 'ENABLED');
      return listed(found, input, { as: 'Archives', keyOf: ({ name }) => name, describe: summaryOf });
    },

    DeleteArchive(input) {
      const { name } = named(input);
      archives.declared.refuseDeletion(archives.arnOf(name), 'ValidationException');
      archives.remove(name);
      return {};
    },
  };
};
