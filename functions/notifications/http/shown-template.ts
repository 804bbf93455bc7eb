import { LANGUAGES } from '../../published/order-events.ts';
import { LANGUAGE_SETS, placeholdersOf } from '../domain/render.ts';
import { KIND_OF, TEMPLATE_IDS } from '../domain/templates/template.ts';

/** Every template in every language, as the API shows it. */
export const shownTemplates = () =>
  TEMPLATE_IDS.flatMap((template) =>
    LANGUAGES.map((language) => ({
      template,
      language,
      kind: KIND_OF[template],
      ...LANGUAGE_SETS[language].templates[template],
      placeholders: placeholdersOf(template, language),
    })),
  );
