import type { ServiceContext } from '../../contracts.ts';
import type { Archives } from '../archives.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Publisher } from '../publisher.ts';
import type { Replays } from '../replays.ts';

/** What the operations work on. */
export interface ApiParts {
  readonly context: Pick<ServiceContext, 'clock' | 'region' | 'account'>;
  readonly catalogue: Catalogue;
  readonly publisher: Publisher;
  readonly archives: Archives;
  readonly replays: Replays;
  /** @throws AwsError for a target of a kind that the runtime does not have */
  readonly checkTarget: (targetArn: string) => void;
}
