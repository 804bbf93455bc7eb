import { isDistributed, type Machine, type MapState, type State } from './definition.ts';
import { DefinitionError, type Faults, Place } from './definition-error.ts';
import { COMMON, FIELDS, type Fields, ITEM_PROCESSOR, MACHINE, REQUIRED, TOP_LEVEL } from './fields.ts';
import type { Integrations } from './integration.ts';
import type { MachineType } from './machines.ts';
import { resourceRefusal, taskResource } from './task-resource.ts';
import { missingFields, soundFields } from './validate-fields.ts';
import { mapFaults } from './validate-map.ts';
import { clauseFaults, expressionFaults, flowFaults, targetFaults, targetsOf } from './validate-state.ts';

/**
 * Parses a definition and refuses what the engine cannot run as AWS would: other query languages, unknown types and
 * fields, dangling names, states without a way to them, broken expressions.
 * @param integrations what tasks can call
 * @throws DefinitionError for the first fault
 */
export function parseDefinition(text: string, integrations: Integrations): Machine {
  for (const fault of faultsIn(text, integrations)) throw fault;
  return JSON.parse(text) as Machine;
}

/**
 * All that is wrong in a definition.
 * @param type of the state machine; when absent, what only one type can have is no fault
 */
export function* faultsIn(text: string, integrations: Integrations, type?: MachineType): Faults {
  let machine: Machine | null;
  try {
    machine = JSON.parse(text) as Machine | null;
  } catch (error) {
    const what = `it is not JSON: ${(error as Error).message}`;
    yield new DefinitionError(Place.definition, what, 'INVALID_JSON_DESCRIPTION');
    return;
  }
  if (machine?.QueryLanguage !== 'JSONata') {
    const what = `QueryLanguage is ${machine?.QueryLanguage ?? 'absent'}; this engine runs JSONata only`;
    yield new DefinitionError(Place.definition, what);
    return;
  }
  yield* new Validator(integrations).machine(machine, Place.definition, TOP_LEVEL, type);
}

class Validator {
  readonly #integrations: Integrations;
  readonly #names = new Set<string>();
  readonly #labels = new Set<string>();

  constructor(integrations: Integrations) {
    this.#integrations = integrations;
  }

  *machine(machine: Machine, place: Place, fields: Fields, type: MachineType | undefined): Faults {
    const sound = yield* soundFields(machine, place, fields);
    if (!sound) return;
    yield* missingFields(machine, place, ['StartAt', 'States']);
    const { StartAt, States } = sound;
    if (!States) return;
    if (StartAt !== undefined) yield* targetFaults('StartAt', [machine, sound], place, States);
    for (const [name, state] of Object.entries(States)) {
      yield* this.#nameFaults(name, place.state(name));
      yield* this.#state(state, place.state(name), States, type);
    }
    const targets = new Set([StartAt, ...Object.values(States).flatMap(targetsOf)]);
    for (const name of Object.keys(States).filter((one) => !targets.has(one))) {
      yield new DefinitionError(place.state(name), 'no state leads to it', 'MISSING_TRANSITION_TARGET');
    }
    // Executions go on with definitions that were accepted before.
    if (type !== undefined && !Object.values(States).some(isTerminal)) {
      yield new DefinitionError(place.field('States'), 'none of them ends the machine', 'MISSING_END_STATE');
    }
  }

  *#nameFaults(name: string, place: Place): Faults {
    if (this.#names.has(name)) {
      yield new DefinitionError(place, 'another state of the machine has the same name', 'DUPLICATE_STATE_NAME');
    }
    if (name.length > 80) {
      yield new DefinitionError(place, 'its name is longer than 80 characters', 'INVALID_STATE_NAME');
    }
    this.#names.add(name);
  }

  *#state(state: State, place: Place, siblings: Machine['States'], type: MachineType | undefined): Faults {
    const kind = (state as State | null)?.Type;
    const fields = kind !== undefined && Object.hasOwn(FIELDS, kind) ? FIELDS[kind] : undefined;
    if (!fields) {
      const what = `${JSON.stringify(kind)} is not one of ${Object.keys(FIELDS).join(', ')}`;
      yield new DefinitionError(place.field('Type'), what);
      return;
    }
    const sound = (yield* soundFields(state, place, { ...COMMON, ...fields })) as State;
    const required = REQUIRED[state.Type];
    if (required) yield* missingFields(state, place, [required]);
    if ('Next' in fields) yield* flowFaults([state, sound], place, siblings);
    for (const field of ['Choices', 'Retry', 'Catch'] as const) yield* clauseFaults(sound, field, place, siblings);
    yield* expressionFaults(sound, place);
    yield* this.#special(state, sound, place, siblings, type);
  }

  /** @param sound the state without the fields that are told as wrong */
  *#special(
    state: State,
    sound: State,
    place: Place,
    siblings: Machine['States'],
    type: MachineType | undefined,
  ): Faults {
    switch (sound.Type) {
      case 'Task':
        yield* this.#resourceFaults(sound.Resource, place.field('Resource'), type);
        if (Number(sound.HeartbeatSeconds) >= Number(sound.TimeoutSeconds)) {
          yield new DefinitionError(place.field('HeartbeatSeconds'), 'it is not smaller than TimeoutSeconds');
        }
        break;
      case 'Wait':
        if ('Seconds' in state === 'Timestamp' in state) {
          yield new DefinitionError(place, 'a Wait state has either Seconds or Timestamp');
        }
        break;
      case 'Choice':
        if (sound.Default !== undefined) yield* targetFaults('Default', [state, sound], place, siblings);
        break;
      case 'Parallel':
        for (const [index, branch] of (sound.Branches ?? []).entries()) {
          yield* this.machine(branch, place.field('Branches').element(index), MACHINE, type);
        }
        break;
      case 'Map':
        if ('ItemProcessor' in sound) yield* this.#map(sound, place, type);
        break;
      case 'Pass':
      case 'Succeed':
      case 'Fail':
        break;
    }
  }

  *#resourceFaults(resource: string | undefined, place: Place, type: MachineType | undefined): Faults {
    if (resource === undefined) return;
    const reason = resourceRefusal(resource, this.#integrations);
    if (reason !== undefined) yield new DefinitionError(place, reason);
    if (type === 'EXPRESS' && taskResource(resource).pattern !== 'response') {
      const what = 'tasks that wait for their token or for the end of what they start are for STANDARD state machines';
      yield new DefinitionError(place, what);
    }
  }

  *#map(state: MapState, place: Place, type: MachineType | undefined): Faults {
    const processor = place.field('ItemProcessor');
    yield* mapFaults(state, place);
    if (isDistributed(state) && type === 'EXPRESS') {
      yield new DefinitionError(processor, 'a distributed Map is for STANDARD state machines');
    }
    if (state.Label !== undefined) {
      if (this.#labels.has(state.Label)) {
        yield new DefinitionError(place.field('Label'), 'another Map has the same one', 'DUPLICATE_LABEL_NAME');
      }
      this.#labels.add(state.Label);
    }
    const inside = isDistributed(state) ? state.ItemProcessor.ProcessorConfig?.ExecutionType : type;
    yield* this.machine(state.ItemProcessor, processor, ITEM_PROCESSOR, inside);
  }
}

const isTerminal = (state: State | null): boolean =>
  state?.Type === 'Succeed' || state?.Type === 'Fail' || (state as { readonly End?: unknown } | null)?.End === true;
