import type { Handler } from 'aws-lambda';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { type CheckInstancesDeps, checkInstances } from './application/check-instances.ts';
import type { Partner } from './application/ports.ts';
import { checking } from './composition.ts';

/** Every minute: asks each instance of each partner how it is. */
export const makeHandler = (deps: CheckInstancesDeps & { readonly partners: readonly Partner[] }) =>
  scheduledHandler(async () => {
    await eachOf(deps.partners, ({ name }) => checkInstances(deps, name));
  });

/** All at once; when some fail, the others are still done. @throws the first error */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(items.map(work));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

export const handler: Handler = makeHandler(checking());
