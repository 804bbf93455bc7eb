import type { Json, JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { present, text, textOf } from '../../properties.ts';
import type { Archive } from '../archives.ts';
import type { Replay } from '../replays.ts';
import { checkedName, invalid, listed, optionalText, seconds } from './input.ts';
import type { ApiParts } from './parts.ts';

export const replayOperations = ({ catalogue, archives, replays }: ApiParts): Operations => {
  const named = ({ ReplayName }: JsonObject): string => checkedName(ReplayName, 'replayName');

  const archiveIn = (input: JsonObject): Archive => {
    const name = textOf(input.EventSourceArn).split('archive/')[1] ?? '';
    const archive = archives.find(name);
    if (archive) return archive;
    throw invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${name} does not exist.`);
  };
  /** As ListReplays has it. */
  const summaryOf = (replay: Replay): JsonObject => ({
    ReplayName: replay.name,
    EventSourceArn: archives.arnOf(replay.archive),
    State: replay.state,
    EventStartTime: seconds(replay.from),
    EventEndTime: seconds(replay.to),
    ReplayStartTime: seconds(replay.startedAt),
    ...present({
      StateReason: replay.reason,
      EventLastReplayedTime: replay.position && seconds(Date.parse(replay.position.time)),
      ReplayEndTime: replay.endedAt && seconds(replay.endedAt),
    }),
  });

  return {
    /** Only to the bus of the archive, as on AWS. */
    StartReplay(input) {
      const name = named(input);
      const { Arn, FilterArns } = (input.Destination ?? {}) as JsonObject;
      const bus = catalogue.bus(textOf(Arn));
      const archive = archiveIn(input);
      if (archive.sourceArn !== bus.arn) {
        throw invalid('Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.');
      }
      const from = timeIn(input, 'EventStartTime');
      const to = timeIn(input, 'EventEndTime');
      if (from >= to) {
        throw invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.');
      }
      const { state, startedAt } = replays.start({
        name,
        archive: archive.name,
        busName: bus.name,
        from,
        to,
        ...present({
          description: optionalText(input, 'Description'),
          filterArns: Array.isArray(FilterArns) && FilterArns.length > 0 ? FilterArns.map(textOf) : undefined,
        }),
      });
      return { ReplayArn: replays.arnOf(name), State: state, ReplayStartTime: seconds(startedAt) };
    },

    DescribeReplay(input) {
      const replay = replays.require(named(input));
      const { arn } = catalogue.findBus(replay.busName) ?? { arn: replay.busName };
      return {
        ...summaryOf(replay),
        ReplayArn: replays.arnOf(replay.name),
        Destination: { Arn: arn, ...present({ FilterArns: replay.filterArns && [...replay.filterArns] }) },
        ...present({ Description: replay.description }),
      };
    },

    ListReplays(input) {
      const prefix = optionalText(input, 'NamePrefix') ?? '';
      const source = text(input.EventSourceArn);
      const found = replays
        .all()
        .filter(({ name }) => name.startsWith(prefix))
        .filter(({ archive }) => source === undefined || archives.arnOf(archive) === source)
        .filter(({ state }) => (input.State ?? state) === state);
      return listed(found, input, { as: 'Replays', keyOf: ({ name }) => name, describe: summaryOf });
    },

    CancelReplay(input) {
      const { name, state } = replays.cancel(named(input));
      return { ReplayArn: replays.arnOf(name), State: state };
    },
  };
};

/** @returns milliseconds since the epoch */
function timeIn(input: JsonObject, field: string): number {
  const value: Json | undefined = input[field];
  const time = typeof value === 'number' ? value * 1000 : Date.parse(textOf(value));
  if (Number.isNaN(time)) throw invalid(`Parameter ${field} is not valid. Reason: It is not a time.`);
  return time;
}
