/** Commands on orders after they were placed, all on one platform. */
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { conditionalCommands } from './commands/conditional-commands.ts';
import { heldOrders } from './commands/held-orders.ts';
import { itemsChanges } from './commands/items-changes.ts';
import { parcels } from './commands/parcels.ts';
import { refunds } from './commands/refunds.ts';
import { repeatedCommands } from './commands/repeated-commands.ts';

const platform = suitePlatform();

itemsChanges(platform);
refunds(platform);
heldOrders(platform);
parcels(platform);
conditionalCommands(platform);
repeatedCommands(platform);
