import { AwsError, type JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import { type AsyncConfig, describeAsyncConfig } from './async-config.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** The one version that functions have beside $LATEST: all versions run the code of the assembly. */
export const VERSION = '1';

interface Entry {
  readonly definition: FunctionDefinition;
  readonly roleArn: string;
  readonly aliases: Set<string>;
  published: boolean;
  asyncConfig?: AsyncConfig;
}

/** What the templates say of the functions, as Lambda's API answers it. */
export class FunctionCatalogue {
  readonly #entries = new Map<string, Entry>();

  /** A function that is there already gets the definition; the rest of it stays. */
  put(definition: FunctionDefinition, roleArn: string): void {
    const known = this.#entries.get(definition.functionName) ?? { aliases: new Set<string>(), published: false };
    this.#entries.set(definition.functionName, { ...known, definition, roleArn });
  }

  publish(functionName: string): void {
    this.#entry(functionName).published = true;
  }

  addAlias(functionName: string, alias: string): void {
    this.#entry(functionName).aliases.add(alias);
  }

  configureAsync(functionName: string, config: AsyncConfig): void {
    this.#entry(functionName).asyncConfig = config;
  }

  asyncConfigOf(functionName: string): AsyncConfig {
    return this.#entry(functionName).asyncConfig ?? {};
  }

  listFunctions(): JsonObject[] {
    return [...this.#entries.keys()].sort().map((name) => this.configuration(name));
  }

  configuration(functionName: string, version = '$LATEST'): JsonObject {
    const { definition, roleArn } = this.#entry(functionName);
    const { runtime, handler, description } = definition.told ?? {};
    return {
      FunctionName: functionName,
      FunctionArn: version === '$LATEST' ? definition.arn : `${definition.arn}:${version}`,
      Role: roleArn,
      ...present({ Runtime: runtime, Handler: handler, Description: description }),
      Timeout: definition.timeoutMs / 1_000,
      MemorySize: definition.memoryMb,
      Environment: { Variables: { ...definition.environment } },
      ...present({ DeadLetterConfig: definition.deadLetterArn && { TargetArn: definition.deadLetterArn } }),
      PackageType: 'Zip',
      Version: version,
      State: 'Active',
      LastUpdateStatus: 'Successful',
    };
  }

  getFunction(functionName: string, version?: string): JsonObject {
    return {
      Configuration: this.configuration(functionName, version),
      ...present({ Concurrency: this.concurrency(functionName) }),
    };
  }

  /** Undefined when the function has no concurrency of its own. */
  concurrency(functionName: string): JsonObject | undefined {
    const { reservedConcurrency } = this.#entry(functionName).definition;
    return reservedConcurrency === undefined ? undefined : { ReservedConcurrentExecutions: reservedConcurrency };
  }

  /** @param qualifier a version or an alias. @throws AwsError `ResourceNotFoundException` */
  versionOf(functionName: string, qualifier: string): string {
    const { definition, aliases, published } = this.#entry(functionName);
    if (qualifier === '$LATEST') return qualifier;
    if ((published && qualifier === VERSION) || aliases.has(qualifier)) return VERSION;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${definition.arn}:${qualifier}`, 404);
  }

  listVersions(functionName: string): JsonObject[] {
    const { published } = this.#entry(functionName);
    return ['$LATEST', ...(published ? [VERSION] : [])].map((version) => this.configuration(functionName, version));
  }

  listAliases(functionName: string): JsonObject[] {
    const { definition, aliases } = this.#entry(functionName);
    return [...aliases].map((name) => ({
      Name: name,
      AliasArn: `${definition.arn}:${name}`,
      FunctionVersion: VERSION,
      Description: '',
    }));
  }

  alias(functionName: string, alias: string): JsonObject {
    const found = this.listAliases(functionName).find(({ Name }) => Name === alias);
    const arn = `${this.#entry(functionName).definition.arn}:${alias}`;
    if (found === undefined) throw new AwsError('ResourceNotFoundException', `Alias not found: ${arn}`, 404);
    return found;
  }

  hasAsyncConfig(functionName: string): boolean {
    return this.#entry(functionName).asyncConfig !== undefined;
  }

  asyncConfiguration(functionName: string): JsonObject {
    const { definition, asyncConfig } = this.#entry(functionName);
    if (asyncConfig !== undefined) return describeAsyncConfig(asyncConfig, definition.arn);
    throw new AwsError(
      'ResourceNotFoundException',
      `The function ${definition.arn}:$LATEST doesn't have an EventInvokeConfig`,
      404,
    );
  }

  #entry(functionName: string): Entry {
    const entry = this.#entries.get(functionName);
    if (entry === undefined) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${functionName}`, 404);
    }
    return entry;
  }
}
