export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What a browser does with pages, forms and cookies, one step at a time: it follows no redirect by itself. */
export interface Browser {
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Posts a form as a page of the dashboard does; `headers` overrule what the browser would send. */
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, headers?: Record<string, string>): Promise<Answer>;
}

export function createBrowser(url: string, cookie = ''): Browser {
  let jar = cookie;

  async function fetched(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(url + path, { ...init, redirect: 'manual' });
    const set = response.headers.get('set-cookie');
    if (set !== null) jar = set.split(';')[0] ?? '';
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  const navigation = () => ({ cookie: jar, accept: 'text/html' });

  return {
    get cookie() {
      return jar;
    },
    get: (path, headers) => fetched(path, { headers: { ...navigation(), ...headers } }),
    post: (path, form, headers) =>
      fetched(path, {
        method: 'POST',
        headers: { ...navigation(), origin: url, ...headers },
        body: new URLSearchParams(form),
      }),
    send: (method, path, headers) => fetched(path, { method, headers: { cookie: jar, origin: url, ...headers } }),
  };
}
