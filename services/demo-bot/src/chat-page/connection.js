const KEPT_AS = 'fernhill-conversation';

/** A request that the server refused. `errors` has a sentence for each field, when fields were the trouble. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.title ?? 'This did not work');
    this.errors = problem.errors ?? {};
  }
}

async function post(path, body = {}) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return response.status === 201 ? response.json() : undefined;
  throw new Refused(await response.json().catch(() => ({})));
}

async function conversationId() {
  const kept = sessionStorage.getItem(KEPT_AS);
  if (kept) return kept;
  const { id } = await post('/chat');
  sessionStorage.setItem(KEPT_AS, id);
  return id;
}

/**
 * Joins this tab's conversation, or begins one. `on` gets `all({lines, mode})`, `line(line)`, `mode(mode)` and `offline()`.
 * The browser reconnects by itself; when the bot has forgotten the conversation, a new one begins.
 */
export async function connect(on) {
  const id = await conversationId();
  const updates = new EventSource(`/chat/${id}/updates`);
  for (const name of ['all', 'line', 'mode']) {
    updates.addEventListener(name, ({ data }) => on[name](JSON.parse(data)));
  }
  updates.addEventListener('error', () => {
    on.offline();
    if (updates.readyState !== EventSource.CLOSED) return;
    sessionStorage.removeItem(KEPT_AS);
    location.reload();
  });
  return {
    say: (text) => post(`/chat/${id}/messages`, { text }),
    requestAgent: (details) => post(`/chat/${id}/handoff`, details),
    read: (messageId) => post(`/chat/${id}/read`, { messageId }),
    end: () => post(`/chat/${id}/end`),
  };
}
