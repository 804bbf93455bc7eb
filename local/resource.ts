import type { Json, JsonObject } from './contracts.ts';

/** A resource of a template whose properties are all known. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** The folders and files of the assembly's assets, by object key. */
  readonly assets: ReadonlyMap<string, string>;
}

/** What other resources see of a resource. */
export interface Made {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes resources of one type. @throws Error for properties whose meaning this runtime cannot give */
export type MakeResource = (resource: Resource) => Made | Promise<Made>;

/** The resource types of a service, such as `AWS::SQS::Queue`. */
export type ResourceTypes = Readonly<Record<string, MakeResource>>;

/** For types without which an app behaves the same on one machine: nothing is made, others may refer to the name. */
export const ignored: MakeResource = (resource) => ({ ref: physicalName(resource, undefined) });

/** The given name, or one made of stack and logical id, which is the same on every start. */
export const physicalName = ({ stack, logicalId }: Resource, given: Json | undefined): string =>
  typeof given === 'string' ? given : `${stack}-${logicalId}`;

/** @throws Error when the resource has one of these properties: leaving it out would change what the app does */
export function refuseProperties({ properties }: Resource, names: readonly string[]): void {
  const found = names.find((name) => properties[name] !== undefined && properties[name] !== false);
  if (found !== undefined) throw new Error(`It has ${found}, which this runtime does not have.`);
}
