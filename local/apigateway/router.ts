import type { MethodDefinition, RestApiDefinition } from './api-definition.ts';

/** What a request is for. */
export interface Match {
  readonly method: MethodDefinition;
  /** The resource's path as defined, such as `/orders/{orderId}`. */
  readonly resourcePath: string;
  /** Still percent-encoded, as AWS passes them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Node {
  readonly path: string;
  readonly literals: Map<string, Node>;
  readonly methods: Map<string, MethodDefinition>;
  parameter?: { readonly name: string; readonly node: Node };
  greedy?: { readonly name: string; readonly node: Node };
}

/** The tree of a REST API's resources. A literal segment goes before `{parameter}`, which goes before `{greedy+}`. */
export class Router {
  readonly #root: Node;

  /** @throws Error for a resource whose parent is unknown, or a method of an unknown resource. */
  constructor({
    rootResourceId,
    resources,
    methods,
  }: Pick<RestApiDefinition, 'rootResourceId' | 'resources' | 'methods'>) {
    this.#root = newNode('/');
    const nodes = new Map([[rootResourceId, this.#root]]);
    let missing = resources;
    while (missing.length > 0) {
      const added = missing.filter(({ parentId }) => nodes.has(parentId));
      if (added.length === 0) {
        throw new Error(`Resources without a parent: ${missing.map(({ pathPart }) => pathPart).join(', ')}`);
      }
      for (const { id, parentId, pathPart } of added) nodes.set(id, childOf(nodes.get(parentId)!, pathPart));
      missing = missing.filter((resource) => !added.includes(resource));
    }
    for (const method of methods) {
      const node = nodes.get(method.resourceId);
      if (node === undefined) {
        throw new Error(`${method.httpMethod} belongs to an unknown resource ${method.resourceId}.`);
      }
      node.methods.set(method.httpMethod, method);
    }
  }

  /** `path` is percent-encoded; a slash at its end does not count. */
  match(httpMethod: string, path: string): Match | undefined {
    if (!path.startsWith('/')) return undefined;
    const segments = path.replace(/\/$/, '').split('/').slice(1);
    return find(this.#root, segments, httpMethod, {});
  }
}

function find(
  node: Node,
  segments: readonly string[],
  httpMethod: string,
  parameters: Record<string, string>,
): Match | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    const method = node.methods.get(httpMethod) ?? node.methods.get('ANY');
    return method && { method, resourcePath: node.path, pathParameters: parameters };
  }
  if (segment === '') return undefined;
  const literal = node.literals.get(segment);
  const { parameter, greedy } = node;
  return (
    (literal && find(literal, rest, httpMethod, parameters)) ??
    (parameter && find(parameter.node, rest, httpMethod, { ...parameters, [parameter.name]: segment })) ??
    (greedy && find(greedy.node, [], httpMethod, { ...parameters, [greedy.name]: segments.join('/') }))
  );
}

function childOf(parent: Node, pathPart: string): Node {
  const node = newNode(`${parent.path === '/' ? '' : parent.path}/${pathPart}`);
  const name = /^\{(.+?)(\+?)\}$/.exec(pathPart);
  if (name === null) parent.literals.set(pathPart, node);
  else if (name[2] === '+') parent.greedy = { name: name[1]!, node };
  else parent.parameter = { name: name[1]!, node };
  return node;
}

const newNode = (path: string): Node => ({ path, literals: new Map(), methods: new Map() });
