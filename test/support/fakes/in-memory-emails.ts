import type {
  Channel,
  EmailRecords,
  EmailState,
  Publication,
} from '../../../functions/notifications/application/ports.ts';
import { DependencyUnavailable } from '../../../functions/shared/kernel/errors.ts';
import { InMemoryMessages } from './in-memory-messages.ts';

/** What ends a function where it stands: nothing that it would do afterwards is done. */
export class Killed extends Error {}

/** The records of e-mails, in memory. */
export class InMemoryEmailRecords implements EmailRecords {
  readonly states = new Map<string, EmailState>();

  find: EmailRecords['find'] = async (_, ids) =>
    new Map(ids.flatMap((id) => (this.states.has(id) ? [[id, this.states.get(id)!] as const] : [])));

  begin: EmailRecords['begin'] = async (_, id, at) => {
    if (this.states.has(id)) return false;
    this.states.set(id, { status: 'begun', at });
    return true;
  };

  settle: EmailRecords['settle'] = async (_, id, state) => {
    if (this.states.get(id)?.status === 'begun') this.states.set(id, state);
  };

  withdraw: EmailRecords['withdraw'] = async (_, id) => {
    if (this.states.get(id)?.status === 'begun') this.states.delete(id);
  };
}

/** What becomes of the next mails, in their order. */
export type Fate =
  | 'sent'
  | 'refused'
  | 'unknown and sent'
  | 'unknown and lost'
  | 'away'
  | 'killed before'
  | 'killed after';

/** E-mail whose mails have a fate each; `post` is what customers have got. */
export class FatefulEmail implements Channel {
  readonly post: Publication[] = [];
  readonly #fates: Fate[];

  constructor(fates: readonly Fate[] = []) {
    this.#fates = [...fates];
  }

  async publish(publication: Publication) {
    const fate = this.#fates.shift() ?? 'sent';
    if (fate === 'killed before') throw new Killed();
    if (fate === 'away') throw new DependencyUnavailable('SES takes no mail now.');
    if (fate === 'refused') return 'refused';
    if (fate !== 'unknown and lost') this.post.push(publication);
    if (fate === 'killed after') throw new Killed();
    return fate === 'sent' ? 'sent' : 'unknown';
  }

  close(): void {}
}

/** Everything that sending needs, in memory. A function that was killed takes nothing back. */
export function emailWorld(now: () => number, fates: readonly Fate[] = []) {
  const email = new FatefulEmail(fates);
  const records = new InMemoryEmailRecords();
  return { inbox: new InMemoryMessages(), records, email, now, shop: { language: 'en', timeZone: 'UTC' } as const };
}
