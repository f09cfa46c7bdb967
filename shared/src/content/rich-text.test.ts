import { describe, expect, test } from '@jest/globals';
import { imagesOf, paragraphOf, sanitiseRichText, textOfRichText } from './rich-text.ts';

describe('sanitised HTML', () => {
  test.each([
    ['<p>Hi <strong>Ada</strong>, <em>yes</em><br>no</p>', '<p>Hi <b>Ada</b>, <i>yes</i><br />no</p>'],
    ['<div style="color:red" class="x" id="y" onclick="z()">a</div>', '<div>a</div>'],
    ['<ul><li>a<li>b</ul><blockquote>q</blockquote>', '<ul><li>a</li><li>b</li></ul><blockquote>q</blockquote>'],
    ['<a href="mailto:a@b.example" target="_blank">a</a>', '<a href="mailto:a@b.example">a</a>'],
    ['<span style="font-size:9px">a</span><h1>b</h1>', 'ab'],
    ['1 < 2 & "3"', '1 &lt; 2 &amp; "3"'],
  ])('of %s is %s', (html, clean) => {
    expect(sanitiseRichText(html)).toBe(clean);
  });

  test.each(['<p>&nbsp;</p><br>', '<img src="https://x.example/a.png">', '<script>alert(1)</script>', ' ', ''])(
    'of %j is nothing',
    (html) => {
      expect(sanitiseRichText(html)).toBeUndefined();
    },
  );

  // The last ones change their meaning when a browser parses what another parser took for harmless.
  test.each([
    '<script>alert(1)</script>ok',
    '<img src=x onerror=alert(1)>ok',
    '<b onmouseover="alert(1)">ok</b>',
    '<a href="javascript:alert(1)">ok</a>',
    '<a href=" jAvA\tscript:alert(1)">ok</a>',
    '<a href="&#106;avascript&colon;alert(1)">ok</a>',
    '<a href="data:text/html,<script>alert(1)</script>">ok</a>',
    '<a href="vbscript:x">ok</a>',
    '<a href="/x">ok</a><a href="//evil.example">ok</a><a href="x.html">ok</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>ok',
    '<textarea><img src=x onerror=alert(1)></textarea>ok',
    '<xmp><img src=x onerror=alert(1)></xmp>ok',
    '<title><img src=x onerror=alert(1)></title>ok',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">ok',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">ok',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">ok',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>ok',
    '<p title="&lt;/p>&lt;img src=x onerror=alert(1)>">ok</p>',
    '<!--><img src=x onerror=alert(1)>-->ok',
    'ok<plaintext><img src=x onerror=alert(1)>',
  ])('has nothing that a browser would run: %s', (html) => {
    const clean = sanitiseRichText(html) ?? '';
    const tags = clean.match(/<[^>]*>?/g) ?? [];
    expect(tags.filter((tag) => !/^<\/?(?:b|i|u|a|ul|ol|li|blockquote|p|div)>$|^<br \/>$/.test(tag))).toEqual([]);
  });

  test('stays the same when it is sanitised again, and is not nested without end', () => {
    const clean = sanitiseRichText('<div><a href="https://x.example/?a=1&b=&quot;2">a &amp;lt; b</a></div>') ?? '';
    expect(sanitiseRichText(clean)).toBe(clean);
    expect(sanitiseRichText(`${'<b>'.repeat(20_000)}x`)?.length).toBeLessThan(1_000);
  });
});

describe('the words of HTML', () => {
  test.each([
    ['<p>one</p><p>two</p>', 'one\ntwo'],
    ['<div>one<br>two</div>', 'one\ntwo'],
    ['<a href="https://x.example">https://x.example</a>', 'https://x.example'],
    ['<a href="javascript:x()">click</a>', 'click'],
    ['<h1>Loud</h1><script>x()</script>', 'Loud'],
    [`${'<div>'.repeat(1_000)}deep`, 'deep'],
    [`<p>${'word '.repeat(100)}end</p>`, `${'word '.repeat(100)}end`],
  ])('%s are %j', (html, text) => {
    expect(textOfRichText(html)).toBe(text);
  });
});

test('the images of HTML are those at an address, each once', () => {
  const html =
    '<img src="https://x.example/1" alt=" A "><p><img src="https://x.example/1"></p><img src="data:image/png,x"><img><img src="/y">';
  expect(imagesOf(html)).toEqual([{ url: 'https://x.example/1', name: 'A' }]);
});

test('words become a paragraph that holds no HTML of theirs', () => {
  expect(paragraphOf('<b>&"\n')).toBe('<p>&lt;b&gt;&amp;&quot;<br /></p>');
});
