/** The API does what its document promises: for every command, every example, every caller, repeated requests and made-up ones. */
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { documentedCallers } from './api/callers.ts';
import { documentedCommands } from './api/documented-commands.ts';
import { documentedExamples } from './api/examples.ts';
import { generatedRequests } from './api/generated-requests.ts';
import { repeatedRequests } from './api/repeated-requests.ts';
import { conditionalCommands } from './commands/conditional-commands.ts';
import { gatewayRefunds } from './commands/gateway-refunds.ts';
import { heldOrders } from './commands/held-orders.ts';
import { itemsChanges } from './commands/items-changes.ts';
import { parcels } from './commands/parcels.ts';
import { refunds } from './commands/refunds.ts';
import { repeatedCommands } from './commands/repeated-commands.ts';
import { tasks } from './commands/tasks.ts';
import { trackedParcels } from './commands/tracked-parcels.ts';

const platform = suitePlatform();

itemsChanges(platform);
refunds(platform);
gatewayRefunds(platform);
heldOrders(platform);
parcels(platform);
trackedParcels(platform);
conditionalCommands(platform);
repeatedCommands(platform);
tasks(platform);
documentedExamples(platform);
documentedCallers(platform);
documentedCommands(platform);
repeatedRequests(platform);
generatedRequests(platform);
