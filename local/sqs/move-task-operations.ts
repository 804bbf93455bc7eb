import type { JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { MoveTask, MoveTasks } from './move-tasks.ts';
import type { Operations } from './requests.ts';

type MoveOperation = 'StartMessageMoveTask' | 'ListMessageMoveTasks' | 'CancelMessageMoveTask';

export const moveTaskOperations = (tasks: MoveTasks): Pick<Operations, MoveOperation> => ({
  StartMessageMoveTask({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }) {
    const { handle } = tasks.start({
      sourceArn: SourceArn,
      ...present({ destinationArn: DestinationArn, perSecond: MaxNumberOfMessagesPerSecond }),
    });
    return { TaskHandle: handle };
  },

  ListMessageMoveTasks({ SourceArn, MaxResults }) {
    return { Results: tasks.of(SourceArn).slice(0, MaxResults).map(describe) };
  },

  CancelMessageMoveTask({ TaskHandle }) {
    return { ApproximateNumberOfMessagesMoved: tasks.cancel(TaskHandle).moved };
  },
});

/** A task that has ended has no handle any more, as on AWS. */
const describe = (task: MoveTask): JsonObject => ({
  ...present({ TaskHandle: task.status === 'RUNNING' ? task.handle : undefined }),
  Status: task.status,
  SourceArn: task.sourceArn,
  ...present({
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.perSecond,
    FailureReason: task.reason,
  }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  StartedTimestamp: task.startedAt,
});
