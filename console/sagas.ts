import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import type { SagaDefinition, SagaState } from './src/saga/definition.ts';

const NAME = 'virtual:sagas';
const MACHINES = ['order-saga', 'items-change'] as const;

interface AslState {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

/** Gives the console the states of the sagas as data, as small as its graph needs them: names, ways on, and ways after errors. */
export function sagas(): Plugin {
  return {
    name: 'waybill-sagas',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const files = MACHINES.map((machine) => [machine, definitionFile(machine)] as const);
      for (const [, file] of files) this.addWatchFile(file);
      const definitions = files.map(([machine, file]) => [machine, definitionIn(readFileSync(file, 'utf8'))] as const);
      return `export default ${JSON.stringify(Object.fromEntries(definitions))}`;
    },
  };
}

const definitionFile = (machine: string): string =>
  path.join(import.meta.dirname, '../statemachines', machine, 'definition.asl.json');

/** @param text a definition in the States Language */
export function definitionIn(text: string): SagaDefinition {
  const { StartAt, States } = JSON.parse(text) as { StartAt: string; States: Readonly<Record<string, AslState>> };
  return { startAt: StartAt, states: Object.entries(States).map(([name, state]) => stateOf(name, state)) };
}

const stateOf = (name: string, { Next, Resource = '', Catch = [] }: AslState): SagaState => ({
  name,
  waits: Resource.endsWith('.waitForTaskToken'),
  ...(Next === undefined ? {} : { next: Next }),
  caught: Catch.map(({ ErrorEquals, Next: next }) => ({ errors: ErrorEquals, next })),
});
