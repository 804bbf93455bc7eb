import { arnOf, type Location } from '../arn.ts';
import { AwsError, type Json, type JsonObject } from '../contracts.ts';
import { filledText, textOf } from '../properties.ts';
import type { Version } from './parameter-store.ts';
import type { NewValue, Parameters } from './parameters.ts';

const NAME = /^(\/[\w.-]+){1,15}$/;
const SELECTED = /^(?<name>[^:]*)(:(?<version>\d+))?$/;
/** In characters, by tier. */
const LONGEST: Readonly<Record<string, number>> = { Standard: 4_096, Advanced: 8_192, 'Intelligent-Tiering': 8_192 };
const LARGEST_PAGE = 50;

/** The operations of the API. */
export const ssmApi =
  (parameters: Parameters, location: Location) =>
  async (operation: string, input: JsonObject): Promise<JsonObject> => {
    switch (operation) {
      case 'GetParameter': {
        const { name, version } = selected(input.Name);
        const found = version === undefined ? parameters.newest(name) : parameters.at(name, version);
        return { Parameter: { ...described(found), ARN: parameterArn(location, name), DataType: 'text' } };
      }
      case 'PutParameter': {
        const { version, tier } = parameters.put(newValue(input));
        return { Version: version, Tier: tier };
      }
      case 'GetParameterHistory':
        return historyPage(parameters, location, input);
      case 'DeleteParameter':
        parameters.delete(nameIn(input.Name));
        return {};
      default:
        throw new AwsError('UnknownOperationException', `The embedded Systems Manager has no operation ${operation}.`);
    }
  };

/** @param name as requests have it, with or without a version */
export const parameterArn = (location: Location, name: Json | undefined): string =>
  arnOf(location, 'ssm', `parameter${selected(name).name}`);

function historyPage(parameters: Parameters, location: Location, input: JsonObject): JsonObject {
  const limit = Number(input.MaxResults ?? LARGEST_PAGE);
  if (!(limit >= 1 && limit <= LARGEST_PAGE)) throw invalid(`MaxResults must be from 1 to ${LARGEST_PAGE}.`);
  const found = parameters.history(nameIn(input.Name), Number(input.NextToken ?? 0), limit + 1);
  const page = found.slice(0, limit);
  return {
    Parameters: page.map((version) => ({
      ...described(version),
      LastModifiedUser: `arn:aws:iam::${location.account}:root`,
      Description: version.description,
      Tier: version.tier,
    })),
    ...(found.length > limit ? { NextToken: String(page.at(-1)!.version) } : {}),
  };
}

const described = ({ name, version, value, at }: Version): JsonObject => ({
  Name: name,
  Type: 'String',
  Value: value,
  Version: version,
  LastModifiedDate: at / 1_000,
});

/** A parameter's name with the version that a request may ask for after a colon. */
function selected(name: Json | undefined): { readonly name: string; readonly version: number | undefined } {
  const groups = SELECTED.exec(filledText(name) ?? '')?.groups;
  return {
    name: nameIn(groups?.name),
    version: groups?.version === undefined ? undefined : Number(groups.version),
  };
}

function nameIn(name: Json | undefined): string {
  const text = filledText(name) ?? '';
  if (NAME.test(text) && !text.split('/').includes('..')) return text;
  throw invalid(`The parameter name ${text} is not one that this runtime takes, such as /app/setting.`);
}

function newValue(input: JsonObject): NewValue {
  const value = filledText(input.Value);
  if (value === undefined) throw invalid('A parameter needs a value.');
  const type = textOf(input.Type ?? 'String');
  if (type !== 'String') throw invalid(`The type is ${type}; this runtime has parameters of type String.`);
  const tier = textOf(input.Tier ?? 'Standard');
  const longest = LONGEST[tier];
  if (longest === undefined) throw invalid(`The tier ${tier} does not exist.`);
  if (value.length > longest) {
    throw invalid(`${tier} tier parameters support a maximum parameter value of ${longest} characters.`);
  }
  return {
    name: nameIn(input.Name),
    value,
    overwrite: input.Overwrite === true,
    tier: tierOf(tier, value),
    description: filledText(input.Description) ?? '',
  };
}

const tierOf = (tier: string, value: string): string =>
  tier === 'Intelligent-Tiering' ? (value.length > LONGEST.Standard! ? 'Advanced' : 'Standard') : tier;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
