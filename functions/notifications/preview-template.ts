import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { invalidBody, pointerTo } from '../shared/http/invalid-request.ts';
import { Problem } from '../shared/http/problem.ts';
import { bodyOf } from '../shared/http/request.ts';
import { shopStyle } from './composition.ts';
import { exampleOf } from './domain/examples.ts';
import { placeholdersOf, renderWords, type Style, wordsOf } from './domain/render.ts';
import { isTemplateId } from './domain/templates/template.ts';
import { TEMPLATE_NOT_FOUND } from './http/problems.ts';
import { previewTemplate } from './routes.ts';

/** `POST /api/v1/notifications/templates/{templateId}/preview`: a message as a customer would get it. Nothing is sent. */
export const makeHandler = ({ shop }: { readonly shop: Pick<Style, 'timeZone'> }) =>
  endpoint(previewTemplate, async (http) => {
    const { templateId = '' } = http.pathParameters;
    if (!isTemplateId(templateId)) {
      throw new Problem(TEMPLATE_NOT_FOUND, `There is no template ${templateId.slice(0, 64)}.`);
    }
    const { language, words = {} } = bodyOf(http);
    const known = placeholdersOf(templateId, language);
    const unknown = Object.keys(words).filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      const detail = `The template does not name it; expected one of ${known.join(', ')}.`;
      throw invalidBody(unknown.map((name) => ({ pointer: pointerTo(['words', name]), detail })));
    }
    const example = wordsOf(exampleOf(templateId), templateId, { language, timeZone: shop.timeZone });
    return {
      status: 200,
      body: { template: templateId, ...renderWords(templateId, { ...example, ...words }, language) },
    };
  });

export const handler: Handler = limited(makeHandler({ shop: shopStyle() }));
