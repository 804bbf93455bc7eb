/** What Stryker does not mutate, because no rule of the domain is in it. The score counts none of it. */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** A text with a space is a sentence for people: a test of its words would repeat them. Codes and names have none. */
const isProse = (node) =>
  node.type === 'TemplateLiteral'
    ? node.quasis.some(({ value }) => /\s/.test(value.raw))
    : node.type === 'StringLiteral' && /\s/.test(node.value);

/** The compiler shows that no value comes there. */
const isUnreachable = (node) =>
  node.type === 'SwitchCase' &&
  node.test === null &&
  node.consequent.some(({ argument, expression = argument }) => expression?.callee?.name === 'assertNever');

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'not-rules', {
    shouldIgnore({ node }) {
      if (isProse(node)) return 'a sentence for people';
      if (isUnreachable(node)) return 'the compiler shows that no value comes here';
      return undefined;
    },
  }),
];
