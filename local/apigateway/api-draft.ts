import type { JsonObject } from '../contracts.ts';
import type {
  AuthorizerDefinition,
  GatewayResponseDefinition,
  MethodDefinition,
  ResourceDefinition,
  RestApiDefinition,
} from './api-definition.ts';

type Writable<Part> = { -readonly [Field in keyof Part]: Part[Field] };

/** A REST API as far as its resources are made. */
export interface ApiDraft extends Writable<RestApiDefinition> {
  readonly resources: ResourceDefinition[];
  readonly methods: MethodDefinition[];
  readonly gatewayResponses: GatewayResponseDefinition[];
  readonly authorizers: AuthorizerDefinition[];
  /** What each request validator looks at, by id. */
  readonly validators: Map<string, { readonly body: boolean; readonly parameters: boolean }>;
  /** JSON schemas by the name of their model. */
  readonly models: Map<string, JsonObject>;
}

/** Gathers the many resources of REST APIs until they are complete. */
export class ApiDrafts {
  readonly #drafts = new Map<string, ApiDraft>();

  /** The draft of an API, begun when it is not known yet. */
  of(id: string): ApiDraft {
    const known = this.#drafts.get(id);
    if (known) return known;
    const draft: ApiDraft = {
      id,
      name: id,
      rootResourceId: `${id}-root`,
      stageName: 'local',
      resources: [],
      methods: [],
      gatewayResponses: [],
      authorizers: [],
      validators: new Map(),
      models: new Map(),
    };
    this.#drafts.set(id, draft);
    return draft;
  }

  all(): RestApiDefinition[] {
    return [...this.#drafts.values()];
  }
}
