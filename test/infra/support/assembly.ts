/** The synthesized app as the tests look at it: resources of all stacks, with references followed. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- template JSON: each test knows the shape it asserts.
type Properties = Record<string, any>;

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
}

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
}

export interface Template {
  readonly Resources: Record<
    string,
    { Type: string; Properties?: Properties; DeletionPolicy?: string; UpdateReplacePolicy?: string }
  >;
  readonly Outputs: Record<string, { Value: unknown; Export?: { Name: string } }>;
  readonly Parameters: Record<string, Properties>;
  readonly Conditions?: Record<string, unknown>;
}

/** Of CDK's manifest. */
interface Artifact {
  readonly type: string;
  readonly properties: Properties;
  readonly dependencies?: readonly string[];
}

/** The stacks of an assembly by name. */
export const templatesIn = (folder: string): ReadonlyMap<string, Template> =>
  new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => [
        path.basename(file, '.template.json'),
        JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Template,
      ]),
  );

export class Assembly {
  readonly stacks: ReadonlyMap<string, Template>;
  readonly stateful: Template;
  readonly stateless: Template;
  readonly api: Template;
  readonly #folder: string;
  readonly #resources: readonly Resource[];
  readonly #exports: ReadonlyMap<string, unknown>;

  constructor(folder: string, prefix = 'Waybill') {
    this.#folder = folder;
    this.stacks = templatesIn(folder);
    this.stateful = this.stacks.get(`${prefix}-Stateful`)!;
    this.stateless = this.stacks.get(`${prefix}-Stateless`)!;
    this.api = this.stacks.get(`${prefix}-Api`)!;
    const templates = [...this.stacks.values()];
    this.#resources = templates.flatMap(({ Resources }) =>
      Object.entries(Resources).map(([id, resource]) => ({
        id,
        type: resource.Type,
        properties: resource.Properties ?? {},
        ...(resource.DeletionPolicy ? { deletionPolicy: resource.DeletionPolicy } : {}),
        ...(resource.UpdateReplacePolicy ? { updateReplacePolicy: resource.UpdateReplacePolicy } : {}),
      })),
    );
    this.#exports = new Map(
      templates.flatMap(({ Outputs = {} }) =>
        Object.values(Outputs).flatMap(({ Export, Value }): [string, unknown][] =>
          Export ? [[Export.Name, Value]] : [],
        ),
      ),
    );
  }

  /** What CDK deploys each stack with, by the name of the stack. */
  stackProperties(): readonly (readonly [name: string, properties: Properties])[] {
    return Object.entries(this.#artifacts())
      .filter(([, { type }]) => type === 'aws:cloudformation:stack')
      .map(([name, { properties }]) => [name, properties]);
  }

  #artifacts(): Readonly<Record<string, Artifact>> {
    const { artifacts } = JSON.parse(readFileSync(path.join(this.#folder, 'manifest.json'), 'utf8')) as {
      readonly artifacts: Readonly<Record<string, Artifact>>;
    };
    return artifacts;
  }

  /** The stacks that CDK deploys before this one. */
  dependenciesOf = (stack: string): readonly string[] => this.#artifacts()[stack]?.dependencies ?? [];

  /** The names of exports that a stack imports, each with whether CDK deploys the stack that has it before. */
  importsOf(stack: string): readonly { readonly name: string; readonly isThere: boolean }[] {
    const before = this.#artifacts()[stack]?.dependencies ?? [];
    const exportsOf = (name: string) =>
      Object.values(this.stacks.get(name)?.Outputs ?? {}).flatMap(({ Export }) => (Export ? [Export.Name] : []));
    const there = new Set(before.flatMap(exportsOf));
    const imported = JSON.stringify(this.stacks.get(stack)).matchAll(/"Fn::ImportValue":"([^"]+)"/g);
    return [...new Set([...imported].map(([, name]) => name!))].map((name) => ({ name, isThere: there.has(name) }));
  }

  /** Every resource of a type, such as `AWS::SQS::Queue`; throws when there is none, so that no loop passes by being empty. */
  all(type: string): readonly Resource[] {
    const found = this.#resources.filter((resource) => resource.type === type);
    if (found.length === 0) throw new Error(`The templates have no ${type}`);
    return found;
  }

  /** The one resource of a type whose logical id starts with `prefix`. */
  one(type: string, prefix: string): Resource {
    const found = this.all(type).filter(({ id }) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id));
    if (found.length !== 1) throw new Error(`${found.length} resources of ${type} are called ${prefix}`);
    return found[0]!;
  }

  resource(id: string): Resource {
    const found = this.#resources.find((resource) => resource.id === id);
    if (!found) throw new Error(`The templates have no ${id}`);
    return found;
  }

  /**
   * Logical id of the resource that a `Ref`, `Fn::GetAtt` or `Fn::ImportValue` leads to, in whichever stack it is; for the alias of a function, by its reference or as a name
   * that is joined of the function's and `live`, that of the function.
   */
  target(value: unknown): string {
    const [[intrinsic, argument] = []] = Object.entries(value as Record<string, unknown>);
    if (intrinsic === 'Ref') {
      const alias = this.#resources.find(({ id, type }) => id === argument && type === 'AWS::Lambda::Alias');
      return alias ? this.target(alias.properties.FunctionName) : (argument as string);
    }
    if (intrinsic === 'Fn::Join') {
      const [separator, [named, ...rest]] = argument as [string, unknown[]];
      if (separator === ':' && rest.length === 1 && rest[0] === 'live') return this.target(named);
    }
    if (intrinsic === 'Fn::GetAtt') return (argument as string[])[0]!;
    if (intrinsic === 'Fn::ImportValue') return this.target(this.#exports.get(argument as string));
    throw new Error(`Not a reference: ${JSON.stringify(value)}`);
  }

  /** The functions, tables and so on that a text with references in it is made of, such as a URI or JSON. */
  targetsIn(text: unknown): readonly Resource[] {
    if (typeof text !== 'object' || text === null) return [];
    if ('Ref' in text || 'Fn::GetAtt' in text || 'Fn::ImportValue' in text) {
      const id = this.target(text);
      return this.#resources.filter((resource) => resource.id === id);
    }
    return Object.values(text).flatMap((part) => this.targetsIn(part));
  }

  /** Every statement of every policy that is attached to the role with this logical id. */
  statementsOf(roleId: string): readonly Statement[] {
    return this.all('AWS::IAM::Policy')
      .filter(({ properties }) => (properties.Roles as unknown[]).some((role) => this.target(role) === roleId))
      .flatMap(({ properties }) => statements(properties.PolicyDocument as Properties));
  }

  /** The alarms on a metric of the resource with this logical id. */
  alarmsOn(metric: string, resourceId: string): readonly Resource[] {
    return this.all('AWS::CloudWatch::Alarm').filter(({ properties }) => {
      const inExpression = (properties.Metrics as Properties[] | undefined)
        ?.filter(({ MetricStat }) => MetricStat)
        .map(({ MetricStat }) => MetricStat.Metric as Properties);
      const metrics = inExpression ?? [properties];
      return metrics.some(
        ({ MetricName, Dimensions }) =>
          MetricName === metric &&
          ((Dimensions ?? []) as { Value: unknown }[]).some(
            ({ Value }) => typeof Value === 'object' && this.target(Value) === resourceId,
          ),
      );
    });
  }
}

export function statements(document: Properties): readonly Statement[] {
  return (document.Statement as Properties[]).map((statement) => ({
    effect: statement.Effect as string,
    actions: [statement.Action as string | string[]].flat(),
    resources: [statement.Resource].flat(),
  }));
}

/** The files that a worker runs share it. */
let synthesized: Assembly | undefined;

/** Brings `cdk.out` up to date, in a process of its own, as it takes a gigabyte and loads it. */
export function synthesizedAssembly(): Assembly {
  if (!synthesized) {
    runProgram('bin/synth.ts');
    synthesized = new Assembly(path.join(ROOT, 'cdk.out'));
  }
  return synthesized;
}

/** Runs a program of the project. @throws Error with what it said when it fails. */
export function runProgram(file: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, file), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  });
  if (status !== 0) throw new Error(`${file} ended with ${status}:\n${stderr}${stdout}`);
  return stdout;
}
