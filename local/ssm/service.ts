import path from 'node:path';
import type { JsonObject, ServiceContext } from '../contracts.ts';
import type { Permission, Service } from '../service.ts';
import { parameterArn, ssmApi } from './api.ts';
import { ParameterFiles } from './parameter-files.ts';
import { ParameterStore } from './parameter-store.ts';
import { Parameters } from './parameters.ts';

export interface SsmOptions {
  /** Where the parameters' files are: in `ssm/` below it. @default there are none */
  readonly dataDir?: string;
  /** Told of each change, with the detail of AWS's event about it. */
  readonly onChange: (parameterArn: string, detail: JsonObject) => void;
}

/** Systems Manager: its Parameter Store, with parameters of type String. */
export class SsmService implements Service {
  readonly name = 'ssm';
  readonly targets = ['AmazonSSM'];
  readonly handle: (operation: string, input: JsonObject) => Promise<JsonObject>;
  readonly #context: ServiceContext;
  readonly #parameters: Parameters;

  constructor(context: ServiceContext, { dataDir, onChange }: SsmOptions) {
    this.#context = context;
    this.#parameters = new Parameters({
      store: new ParameterStore(context.store),
      files: dataDir === undefined ? undefined : new ParameterFiles(path.join(dataDir, 'ssm')),
      clock: context.clock,
      onChange: (name, detail) => onChange(parameterArn(context, name), detail),
    });
    this.handle = ssmApi(this.#parameters, context);
  }

  permissions(operation: string, { Name }: JsonObject): Permission[] {
    return [{ action: `ssm:${operation}`, resource: parameterArn(this.#context, Name) }];
  }

  resume(): void {
    this.#parameters.watchFiles();
  }

  close(): void {
    this.#parameters.close();
  }
}
