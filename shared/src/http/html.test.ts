import { expect, test } from '@jest/globals';
import { html, markupOf } from './html.ts';

test('words stay words, in content and in attributes', () => {
  const words = `<script>alert("1")</script> & 'more'`;
  expect(markupOf(html`<p title="${words}">${words}</p>`)).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;</p>',
  );
});

test('markup within markup is kept, and nothing stands for what is absent', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  expect(markupOf(html`<ul>${items}</ul>${undefined}${false}${0}`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>0');
});
