import type { FunctionName } from '../../../lib/functions.ts';

/** Runs a function in place of the scheduler, whose minute a test does not wait for. @throws Error when it fails */
export async function runFunction(endpointUrl: string, name: FunctionName): Promise<void> {
  const functions = `${endpointUrl}/2015-03-31/functions`;
  const all = await listed(functions);
  const wanted = all.find(({ Description }) => Description === name);
  if (!wanted) throw new Error(`There is no function ${name}; there are ${all.length} others.`);
  const answer = await fetch(`${functions}/${wanted.FunctionName}/invocations`, {
    method: 'POST',
    headers: OPERATOR,
    body: '{}',
  });
  const text = await answer.text();
  if (!answer.ok || answer.headers.has('x-amz-function-error')) throw new Error(`${name} failed: ${text}`);
}

interface Listed {
  readonly Functions: readonly { readonly FunctionName: string; readonly Description: string }[];
  /** There are more: a page has 50 at most. */
  readonly NextMarker?: string | null;
}

async function listed(functions: string, marker = ''): Promise<Listed['Functions']> {
  const answer = await fetch(`${functions}/?Marker=${encodeURIComponent(marker)}`, { headers: OPERATOR });
  const { Functions, NextMarker } = (await answer.json()) as Listed;
  return NextMarker ? [...Functions, ...(await listed(functions, NextMarker))] : Functions;
}

/** The runtime asks who calls, and checks no signature of the account's operator. */
const OPERATOR = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
};
