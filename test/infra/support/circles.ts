/** What CloudFormation would wait for for ever: resources that are each made after another of them. */
import type { Template } from './assembly.ts';

type Resources = Template['Resources'];

/** One circle of logical ids, each waiting for the next; undefined when the resources can be made in some order. */
export function circleIn({ Resources }: Pick<Template, 'Resources'>): readonly string[] | undefined {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (id: string): readonly string[] | undefined => {
    if (done.has(id)) return undefined;
    if (way.includes(id)) return [...way.slice(way.indexOf(id)), id];
    way.push(id);
    for (const before of dependenciesOf(Resources, id)) {
      const circle = visit(before);
      if (circle) return circle;
    }
    way.pop();
    done.add(id);
    return undefined;
  };
  for (const id of Object.keys(Resources)) {
    const circle = visit(id);
    if (circle) return circle;
  }
  return undefined;
}

function dependenciesOf(resources: Resources, id: string): ReadonlySet<string> {
  const { DependsOn = [], ...resource } = resources[id] as Resources[string] & {
    readonly DependsOn?: string | readonly string[];
  };
  const found = new Set([DependsOn].flat());
  for (const name of referencesIn(resource)) if (Object.hasOwn(resources, name)) found.add(name);
  return found;
}

function* referencesIn(value: unknown): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const first: unknown = Array.isArray(inner) ? inner[0] : inner;
    if (typeof first === 'string' && key === 'Ref') yield first;
    if (typeof first === 'string' && key === 'Fn::GetAtt') yield first.split('.')[0]!;
    if (typeof first === 'string' && key === 'Fn::Sub') yield* namesIn(first);
    yield* referencesIn(inner);
  }
}

/** Of a text with `${Name}` or `${Name.Attribute}`; `${!Name}` is no reference. */
const namesIn = (text: string): readonly string[] => [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!);
