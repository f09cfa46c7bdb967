import { expect, test } from '@jest/globals';
import { withoutPrivateWords } from './private-words.ts';

const TEXT = 'My order 4711 for Ada is late and I am angry';

test.each([
  ['the whole text', `Text "${TEXT}" is too long`, 'Text "[private]" is too long'],
  [
    'the beginning of a text that HubSpot cut',
    'Value "My order 4711 for Ada is la..." is invalid',
    'Value "[private]" is invalid',
  ],
  ['a part in other quotation marks', 'near “order 4711 for Ada” at 3', 'near "[private]" at 3'],
  ['an address of somebody', 'Email address ada@example.com is invalid', 'Email address [e-mail] is invalid'],
])("HubSpot's sentence is told without %s", (_what, sentence, told) => {
  expect(withoutPrivateWords(sentence, [TEXT])).toBe(told);
});

test('words of a hundred thousand characters are kept private too, in whole and in part', () => {
  const words = Array.from({ length: 10_000 }, (_, at) => `word${at}`).join(' ');
  for (const quoted of [words, `${words.slice(0, 30_000)}...`])
    expect(withoutPrivateWords(`Text "${quoted}" is too long`, [words])).not.toContain('word');
});

test('the names of fields that HubSpot quotes are told, since they say what to mend', () => {
  const sentence = 'Some required fields were not set: "attachments", "recipients"';
  expect(withoutPrivateWords(sentence, [TEXT])).toBe(sentence);
});
