import { type OperationsApi, operationsApi } from '../operations.ts';
import { activityOperations } from './api/activities.ts';
import { aliasOperations } from './api/aliases.ts';
import { executionOperations } from './api/executions.ts';
import { machineOperations } from './api/machines.ts';
import { mapRunOperations } from './api/map-runs.ts';
import type { ApiParts } from './api/parts.ts';
import { tagOperations } from './api/tags.ts';
import { taskOperations } from './api/tasks.ts';
import { testStateOperations } from './api/test-state.ts';
import { validateOperations } from './api/validate.ts';
import { versionOperations } from './api/versions.ts';

/** The operations of Step Functions that the runtime has. */
export const statesApi = (parts: ApiParts): OperationsApi =>
  operationsApi(
    {
      ...executionOperations(parts),
      ...mapRunOperations(parts),
      ...machineOperations(parts),
      ...versionOperations(parts),
      ...aliasOperations(parts),
      ...tagOperations(parts.catalogue.machines),
      ...validateOperations(parts.definitions),
      ...testStateOperations(parts),
      ...taskOperations(parts.tokens),
      ...activityOperations(parts),
    },
    'Step Functions',
  );
