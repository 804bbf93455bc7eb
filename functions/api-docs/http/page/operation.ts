import type {
  ApiDocument,
  NamedExamples,
  Operation,
  Parameter,
  Reference,
  Response,
} from '../document/document-types.ts';
import { type Html, html } from './html.ts';
import { inlineMarkdown, markdown } from './markdown.ts';
import { fieldTable, typeOf } from './schema.ts';

/** One operation: what it is for, what it takes, what it answers, and examples of both. */
export function operationSection(document: ApiDocument, method: string, route: string, operation: Operation): Html {
  const { operationId, summary, description, requestBody } = operation;
  const parameters = operation.parameters.map((each) => resolved<Parameter>(document, each));
  const [body] = Object.values(requestBody?.content ?? {});
  const responses = Object.entries(operation.responses).map(
    ([status, each]) => [status, resolved<Response>(document, each)] as const,
  );
  const successes = responses.filter(([status]) => Number(status) < 400);
  return html`<article aria-labelledby="${operationId}">
<h3 id="${operationId}">${summary}</h3>
<p class="route"><span class="method">${method.toUpperCase()}</span> <code>${route}</code></p>
${markdown(description)}
${parameters.length > 0 && parameterTable(parameters)}
${body && fieldTable(requestBody!.required ? 'Request body' : 'Request body, optional', body.schema)}
${successes.map(([status, response]) => Object.values(response.content ?? {}).map(({ schema }) => fieldTable(`Answer ${status}`, schema)))}
${answerTable(responses)}
${exampleNames(operation).map((name) => exampleOf(method, route, parameters, operation, responses, name))}
</article>`;
}

function parameterTable(parameters: readonly Parameter[]): Html {
  return html`<table><caption>Parameters</caption>
<thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${parameters.map(
    ({ name, in: place, required = false, schema, description }) => html`<tr>
<th scope="row"><code>${name}</code>${!required && html` <span class="quiet">optional</span>`}</th>
<td>${place}</td><td>${typeOf(schema)}</td><td>${description !== undefined && inlineMarkdown(description)}</td></tr>`,
  )}</tbody></table>`;
}

function answerTable(responses: readonly (readonly [string, Response])[]): Html {
  return html`<details><summary>All answers</summary>
<table><caption>Answers</caption>
<thead><tr><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">Headers</th></tr></thead>
<tbody>${responses.map(
    ([status, { description, headers = {} }]) => html`<tr><th scope="row">${status}</th>
<td>${markdown(description)}</td><td>${Object.keys(headers).map((name) => html`<code>${name}</code> `)}</td></tr>`,
  )}</tbody></table>
</details>`;
}

/** The request and the answer of an example have the same name in the operation. */
function exampleNames({ requestBody, responses }: Operation): string[] {
  const contents = [
    requestBody?.content ?? {},
    ...Object.values(responses).map((each) => ('$ref' in each ? {} : (each.content ?? {}))),
  ];
  return [
    ...new Set(
      contents.flatMap((content) => Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples))),
    ),
  ];
}

function exampleOf(
  method: string,
  route: string,
  parameters: readonly Parameter[],
  operation: Operation,
  responses: readonly (readonly [string, Response])[],
  name: string,
): Html {
  const valueIn = (examples: NamedExamples | undefined) => examples?.[name]?.value;
  const given = parameters
    .map((parameter) => ({ ...parameter, value: valueIn(parameter.examples) as string | undefined }))
    .filter(({ value }) => value !== undefined);
  const path = given
    .filter((each) => each.in === 'path')
    .reduce((filled, { name: part, value }) => filled.replace(`{${part}}`, encodeURIComponent(value!)), route);
  const query = new URLSearchParams(
    given.filter((each) => each.in === 'query').map((each): [string, string] => [each.name, each.value!]),
  );
  const [media] = Object.values(operation.requestBody?.content ?? {});
  const body = valueIn(media?.examples);
  const [status, answer] = responses.flatMap(([code, { content = {} }]) =>
    Object.values(content).flatMap(({ examples }) => (examples?.[name] ? [[code, examples[name]] as const] : [])),
  )[0]!;
  const lines = [
    `${method.toUpperCase()} ${path}${query.size > 0 ? `?${query.toString()}` : ''}`,
    ...(operation.security.length > 0 ? ['Authorization: Bearer <token>'] : []),
    ...given.filter((each) => each.in === 'header').map((each) => `${each.name}: ${each.value}`),
    ...(body === undefined ? [] : ['Content-Type: application/json', '', JSON.stringify(body, undefined, 2)]),
  ];
  return html`<details><summary>Example: ${answer.summary}</summary>
<pre tabindex="0" aria-label="Request">${lines.join('\n')}</pre>
<pre tabindex="0" aria-label="Answer">${status}\n\n${typeof answer.value === 'string' ? answer.value : JSON.stringify(answer.value, undefined, 2)}</pre>
</details>`;
}

function resolved<Thing extends object>({ components }: ApiDocument, thing: Thing | Reference): Thing {
  if (!('$ref' in thing)) return thing;
  const [, , kind, name] = thing.$ref.split('/') as ['#', 'components', 'parameters' | 'responses', string];
  return components[kind][name] as Thing;
}
