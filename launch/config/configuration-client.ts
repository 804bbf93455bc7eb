import { issuerOf, tokenFrom } from '../clients/tokens.ts';
import type { Settings } from './assignments.ts';

export interface Difference {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

export interface Present {
  readonly version: number;
  /** What operators have set of what is in force. */
  readonly settings: Settings;
  readonly overrides: Settings;
  readonly configuration: Settings;
  readonly faults?: readonly { readonly path: string; readonly detail: string }[];
}

export interface Change {
  readonly version: number;
  readonly author: string;
  readonly reason?: string;
  readonly changedAt: string;
  readonly differences: readonly Difference[];
  readonly faults?: Present['faults'];
}

export interface Made {
  readonly version: number;
  readonly differences: readonly Difference[];
  /** The paths of settings that the deployment overrides. */
  readonly overridden?: readonly string[];
}

interface Wanted {
  readonly settings: Settings;
  readonly reason: string;
  readonly dryRun: boolean;
}

/** The configuration of the instance at a URL, as an operator sees and changes it. */
export class ConfigurationClient {
  readonly #url: string;
  readonly #operator: string;

  /** @param operator the id that the history names, when the instance has the simulated issuer of tokens */
  constructor(url: string, operator: string) {
    this.#url = url.replace(/\/$/, '');
    this.#operator = operator;
  }

  present(): Promise<Present> {
    return this.#send<Present>('');
  }

  /** The newest first. */
  async history(limit: number): Promise<readonly Change[]> {
    return (await this.#send<{ items: Change[] }>(`/history?limit=${limit}`)).items;
  }

  /** @param basedOn the version that the settings were made from: when there is a newer one, nothing is changed */
  change(wanted: Wanted, basedOn: number): Promise<Made> {
    return this.#send<Made>('', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': `"${basedOn}"` },
      body: JSON.stringify(wanted),
    });
  }

  /** @throws Error with the whole reason in words, one line for each fault */
  async #send<Answer>(path: string, request: RequestInit = {}): Promise<Answer> {
    const answer = await fetch(`${this.#url}/api/v1/configuration${path}`, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${await this.#token()}` },
    });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text) as Answer;
    throw new Error(wordsOf(answer.status, text));
  }

  async #token(): Promise<string> {
    const { WAYBILL_TOKEN: given } = process.env;
    if (given) return given;
    return tokenFrom(await issuerOf(this.#url), {
      sub: this.#operator,
      role: 'operator',
      scope: 'configuration:read configuration:write',
    });
  }
}

function wordsOf(status: number, text: string): string {
  try {
    const {
      title,
      detail,
      errors = [],
    } = JSON.parse(text) as {
      title: string;
      detail: string;
      errors?: { pointer?: string; detail: string }[];
    };
    const faults = errors.map(({ pointer = '', detail: fault }) => {
      const setting = pointer.replace(/^\/(settings(\/|$))?/, '').replaceAll('/', '.');
      return `  ${setting || 'the document'}: ${fault}`;
    });
    return [faults.length > 0 ? `${title}; nothing was changed:` : `${title}: ${detail}`, ...faults].join('\n');
  } catch {
    return `The instance answered ${status}: ${text}`;
  }
}
