/** AWS's own language service of Amazon States Language, which its editors use, as a test asks it. */
import asl from 'amazon-states-language-service';

// It is CommonJS, and Node does not see the names of what it passes on.
const { getLanguageService, TextDocument } = asl;
const service = getLanguageService({});

/** Its findings in a definition, warnings included: where each is, and what it says. */
export async function faultsIn(definition: string): Promise<readonly string[]> {
  const document = TextDocument.create('file:///definition.asl.json', 'asl', 1, definition);
  const findings = await service.doValidation(document, service.parseJSONDocument(document));
  return findings.map(({ range: { start }, message }) => {
    const text = typeof message === 'string' ? message : message.value;
    return `${start.line + 1}:${start.character + 1} ${text}`;
  });
}
