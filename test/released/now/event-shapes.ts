/** What each event's data is made of, read from the types by TypeScript itself: fields, whether they may be missing, and values. */
import path from 'node:path';
import ts from 'typescript';
import type { Shape } from '../shape.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** A module of the published language, and the name of the union of all events that a stream can hold. */
export interface EventUnion {
  /** From the root of the project. */
  readonly file: string;
  readonly union: string;
}

/**
 * The shapes of the data of all events, by type, for each of the unions.
 * @throws Error when a module has no such union, or an event has data that no JSON could hold
 */
export function eventShapes<Name extends string>(
  unions: Readonly<Record<Name, EventUnion>>,
): Readonly<Record<Name, Readonly<Record<string, Shape>>>> {
  const sources = Object.values<EventUnion>(unions).map(({ file }) => path.join(ROOT, file));
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: sources }, ts.sys, ROOT);
  const program = ts.createProgram(sources, { ...options, incremental: false });
  const reader = new ShapeReader(program.getTypeChecker());
  return Object.fromEntries(
    Object.entries<EventUnion>(unions).map(([name, { file, union }]) => [
      name,
      reader.eventsOf(program.getSourceFile(path.join(ROOT, file))!, union),
    ]),
  ) as Record<Name, Record<string, Shape>>;
}

class ShapeReader {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  eventsOf(source: ts.SourceFile, union: string): Record<string, Shape> {
    const found = this.#checker
      .getExportsOfModule(this.#checker.getSymbolAtLocation(source)!)
      .find(({ name }) => name === union);
    if (!found) throw new Error(`${source.fileName} exports no ${union}.`);
    const symbol = found.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(found) : found;
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    const events = (type.isUnion() ? type.types : [type]).map((event): [string, Shape] => {
      const name = this.#typeOf(event, 'type') as ts.StringLiteralType;
      return [name.value, this.#shapeOf(this.#typeOf(event, 'data'), [name.value])];
    });
    return Object.fromEntries(events.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  #typeOf(type: ts.Type, property: string): ts.Type {
    return this.#checker.getTypeOfSymbol(type.getProperty(property)!);
  }

  #shapeOf(type: ts.Type, place: readonly string[]): Shape {
    if (place.length > 20) throw new Error(`${place.join('.')} is nested without an end: events are trees.`);
    if (type.isUnion()) return this.#oneOf(type.types, place);
    if (type.isStringLiteral() || type.isNumberLiteral()) return JSON.stringify(type.value);
    const simple = [type, ...(type.isIntersection() ? type.types : [])].map(({ flags }) => SIMPLE.get(flags));
    const known = simple.find((name) => name !== undefined);
    // A branded text or number is one in JSON.
    if (known !== undefined) return known;
    if (type.flags & ts.TypeFlags.BooleanLiteral) return this.#checker.typeToString(type);
    if (this.#checker.isArrayType(type) || this.#checker.isTupleType(type)) {
      return { list: this.#oneOf(this.#checker.getTypeArguments(type as ts.TypeReference), [...place, '[]']) };
    }
    return this.#fieldsOf(type, place);
  }

  #oneOf(types: readonly ts.Type[], place: readonly string[]): Shape {
    const shapes = types
      .filter(({ flags }) => !(flags & ts.TypeFlags.Undefined))
      .map((each) => this.#shapeOf(each, place));
    const distinct = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).entries()].sort(
      ([one], [other]) => (one < other ? -1 : 1),
    );
    const [[, only] = [], ...more] = distinct;
    if (only === undefined) throw new Error(`${place.join('.')} can have no value.`);
    return more.length === 0 ? only : { oneOf: distinct.map(([, shape]) => shape) };
  }

  #fieldsOf(type: ts.Type, place: readonly string[]): Shape {
    const index = type.getStringIndexType();
    const properties = this.#checker.getPropertiesOfType(type);
    // `Record<string, never>` is an object without fields.
    if (index && !(index.flags & ts.TypeFlags.Never)) return { map: this.#shapeOf(index, [...place, '*']) };
    const fields = properties.map((property): [string, Shape] => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const shape = this.#shapeOf(this.#checker.getTypeOfSymbol(property), [...place, property.name]);
      return [isOptional ? `${property.name}?` : property.name, shape];
    });
    return { fields: Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1))) };
  }
}

const SIMPLE: ReadonlyMap<ts.TypeFlags, string> = new Map([
  [ts.TypeFlags.String, 'text'],
  [ts.TypeFlags.TemplateLiteral, 'text'],
  [ts.TypeFlags.Number, 'number'],
  [ts.TypeFlags.Boolean, 'boolean'],
  [ts.TypeFlags.Null, 'null'],
  [ts.TypeFlags.Unknown, 'anything'],
]);
