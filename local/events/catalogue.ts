import { arnOf } from '../arn.ts';
import { AwsError, type Json, type ServiceContext } from '../contracts.ts';
import { Declared } from '../declared.ts';
import { sortedBy } from '../paging.ts';
import { present } from '../properties.ts';
import { StoredDefinitions } from '../stored-definitions.ts';
import { compileRule, type Rule } from './compiled-rule.ts';
import { busNameOf } from './entry.ts';
import type { BusDefinition, RuleDefinition, Tags } from './rule.ts';

export interface Bus extends BusDefinition {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Tags;
  /** JSON text: what other accounts may do. */
  readonly policy?: string;
}

/**
 * Buses and their rules. Those that clients make are stored, and are there at the next start before the app's own are declared;
 * what clients change of the app's own holds until then.
 */
export class Catalogue {
  readonly declared: Declared;
  readonly #context: ServiceContext;
  readonly #storedBuses: StoredDefinitions<Bus>;
  readonly #storedRules: StoredDefinitions<RuleDefinition>;
  readonly #buses = new Map<string, Bus>();
  /** By the name of the bus, then by their own. */
  readonly #rules = new Map<string, Map<string, Rule>>();
  readonly #onRule: (rule: Rule) => void;

  /** @param onRule is told of each rule that is new, changed or (as disabled) removed, also of stored ones. */
  constructor(context: ServiceContext, onRule: (rule: Rule) => void) {
    this.declared = new Declared(context.warn);
    this.#context = context;
    this.#onRule = onRule;
    this.#storedBuses = new StoredDefinitions(context.store, 'events_buses');
    this.#storedRules = new StoredDefinitions(context.store, 'events_rules');
    this.declareBus({ name: 'default', arn: arnOf(context, 'events', 'event-bus/default') });
    for (const bus of this.#storedBuses.all()) this.#buses.set(bus.name, bus);
    for (const rule of this.#storedRules.all()) this.#setRule(compileRule(rule, context));
  }

  declareBus(bus: BusDefinition): void {
    const now = this.#context.clock.now();
    this.declared.add(bus.arn);
    this.#buses.set(bus.name, { ...bus, createdAt: now, updatedAt: now, tags: {} });
  }

  /** @throws as `compileRule` */
  declareRule(definition: RuleDefinition): void {
    const rule = compileRule(definition, this.#context);
    this.declared.add(rule.arn);
    this.#setRule(rule);
  }

  /** Creates or changes a bus for a client. */
  putBus(bus: Bus): void {
    if (this.declared.has(bus.arn)) this.declared.warnOfChange(bus.arn);
    else this.#storedBuses.put(bus.name, bus);
    this.#buses.set(bus.name, bus);
  }

  /** Creates or changes a rule for a client. @throws as `compileRule` */
  putRule(definition: RuleDefinition): Rule {
    const rule = compileRule(definition, this.#context);
    if (this.declared.has(rule.arn)) this.declared.warnOfChange(rule.arn);
    else this.#storedRules.put(rule.arn, definition);
    this.#setRule(rule);
    return rule;
  }

  /** Of a client's. */
  removeBus({ name }: Bus): void {
    this.#storedBuses.remove(name);
    this.#buses.delete(name);
  }

  /** Of a client's. */
  removeRule(rule: Rule): void {
    const { arn, busName, definition } = rule;
    this.#storedRules.remove(arn);
    this.#rules.get(busName)?.delete(definition.name);
    this.#onRule({ ...rule, definition: { ...definition, enabled: false } });
  }

  findBus(nameOrArn: Json | undefined): Bus | undefined {
    return this.#buses.get(busNameOf(nameOrArn));
  }

  /** @throws AwsError `ResourceNotFoundException` */
  bus(nameOrArn: Json | undefined): Bus {
    const found = this.findBus(nameOrArn);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Event bus ${busNameOf(nameOrArn)} does not exist.`);
  }

  buses(): Bus[] {
    return sortedBy(this.#buses.values(), ({ name }) => name);
  }

  findRule(bus: Bus, name: string): Rule | undefined {
    return this.#rules.get(bus.name)?.get(name);
  }

  /** @throws AwsError `ResourceNotFoundException` */
  rule(bus: Bus, name: string): Rule {
    const found = this.findRule(bus, name);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
  }

  /** In the order in which they were made. */
  rulesOn({ name }: Pick<Bus, 'name'>): Iterable<Rule> {
    return this.#rules.get(name)?.values() ?? [];
  }

  /** The bus or the rule with tags that has this ARN. @throws AwsError `ResourceNotFoundException` */
  tagsOf(arn: string): { readonly tags: Tags; readonly set: (tags: Tags) => void } {
    const [kind, ...path] = (arn.split(':')[5] ?? '').split('/');
    if (kind === 'event-bus') {
      const bus = this.bus(path.join('/'));
      return { tags: bus.tags, set: (tags) => this.putBus({ ...bus, tags }) };
    }
    const { definition } = this.rule(this.bus(path.slice(0, -1).join('/')), path.at(-1) ?? '');
    return { tags: definition.tags ?? {}, set: (tags) => void this.putRule({ ...definition, ...present({ tags }) }) };
  }

  #setRule(rule: Rule): void {
    const { busName, definition } = rule;
    if (!this.#rules.has(busName)) this.#rules.set(busName, new Map());
    this.#rules.get(busName)!.set(definition.name, rule);
    this.#onRule(rule);
  }
}
