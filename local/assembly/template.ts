import type { Json, JsonObject } from '../contracts.ts';

export interface DeclaredParameter {
  readonly Type: string;
  readonly Default?: Json;
  readonly AllowedPattern?: string;
  readonly Description?: string;
}

/** A resource as the template declares it, with intrinsic functions unresolved. */
export interface DeclaredResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
}

export interface DeclaredOutput {
  readonly Value: Json;
  readonly Export?: { readonly Name: Json };
  readonly Condition?: string;
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, DeclaredParameter>>;
  readonly Mappings?: JsonObject;
  readonly Conditions?: JsonObject;
  readonly Resources: Readonly<Record<string, DeclaredResource>>;
  readonly Outputs?: Readonly<Record<string, DeclaredOutput>>;
}

/** One stack of a cloud assembly. */
export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** Folder or file of each asset, by the key it has in the bootstrap bucket. */
  readonly assets: ReadonlyMap<string, string>;
}
