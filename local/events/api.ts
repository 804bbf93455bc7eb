import { type OperationsApi, operationsApi } from '../operations.ts';
import { archiveOperations } from './api/archives.ts';
import { busOperations } from './api/buses.ts';
import { eventOperations } from './api/events.ts';
import type { ApiParts } from './api/parts.ts';
import { permissionOperations } from './api/permissions.ts';
import { replayOperations } from './api/replays.ts';
import { ruleOperations } from './api/rules.ts';
import { tagOperations } from './api/tags.ts';
import { targetOperations } from './api/targets.ts';

/** The operations of EventBridge that the runtime has. */
export const eventsApi = (parts: ApiParts): OperationsApi =>
  operationsApi(
    {
      ...eventOperations(parts),
      ...busOperations(parts),
      ...permissionOperations(parts),
      ...ruleOperations(parts),
      ...targetOperations(parts),
      ...tagOperations(parts),
      ...archiveOperations(parts),
      ...replayOperations(parts),
    },
    'EventBridge',
  );
