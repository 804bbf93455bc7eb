import type { JsonObject } from '../../../local/contracts.ts';
import type { Made, Resource, ResourceTypes } from '../../../local/resource.ts';
import { ResourceRegistry } from '../../../local/resource-registry.ts';

export const LOCATION = { region: 'us-east-1', account: '000000000000' };

/** Makes a resource whose properties are resolved already: `Thing` of the stack `Shop`, unless `more` says otherwise. */
export type Make = (type: string, properties?: JsonObject, more?: Partial<Resource>) => Promise<Made>;

export function makerOf(resources: ResourceTypes): Make {
  const registry = new ResourceRegistry([{ name: 'tested', resources }]);
  return (type, properties = {}, more = {}) =>
    registry.make({ stack: 'Shop', logicalId: 'Thing', type, properties, assets: new Map(), ...more });
}

/** A part of a service that notes what it is asked, such as `['define', {…}]`. */
export function recorder<Part extends object>(answers: Readonly<Record<string, unknown>> = {}) {
  const calls: [string, ...unknown[]][] = [];
  const part = new Proxy({} as Part, {
    get:
      (_, operation: string) =>
      (...args: unknown[]) => {
        calls.push([operation, ...args]);
        return answers[operation];
      },
  });
  return { part, calls };
}
