import { expect } from 'vitest';
import type { Template } from './assembly.ts';

/** CloudFormation takes 500 resources, 200 outputs and 200 parameters a stack. */
const MOST = { resources: 350, outputs: 150, parameters: 150 };
const sizeOf = ({ Resources, Outputs = {}, Parameters = {} }: Partial<Template>) => ({
  resources: Object.keys(Resources ?? {}).length,
  outputs: Object.keys(Outputs).length,
  parameters: Object.keys(Parameters).length,
});

/** Functions cannot leave a stack that was deployed: it has no room for another context. */
const MOST_OF_SAGAS = 460;

/** A path with one method has four resources, and none of them can be in another stack than the API. */
const MOST_OF_API = 460;

const ROOM: Readonly<Record<string, number>> = { Stateless: MOST_OF_SAGAS, Api: MOST_OF_API };

/** What a stack of this name may have. */
export const roomOf = (stack: string): number => ROOM[stack.slice(stack.lastIndexOf('-') + 1)] ?? MOST.resources;

/** That a stack is far from what CloudFormation takes. */
export function expectRoom(template: Template, most = MOST.resources): void {
  const { resources, outputs, parameters } = sizeOf(template);
  expect(resources).toBeLessThanOrEqual(most);
  expect(outputs).toBeLessThanOrEqual(MOST.outputs);
  expect(parameters).toBeLessThanOrEqual(MOST.parameters);
}
