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
 * After a lost connection `all` comes again.
 */
export async function connect(on) {
  const id = await conversationId();
  listen(id, on);
  return {
    say: (text) => post(`/chat/${id}/messages`, { text }),
    requestAgent: (details) => post(`/chat/${id}/handoff`, details),
    read: (messageId) => post(`/chat/${id}/read`, { messageId }),
    end: () => post(`/chat/${id}/end`),
  };
}

function listen(id, on) {
  const updates = new EventSource(`/chat/${id}/updates`);
  for (const name of ['all', 'line', 'mode']) {
    updates.addEventListener(name, ({ data }) => on[name](JSON.parse(data)));
  }
  updates.addEventListener('error', () => {
    on.offline();
    // The browser tries again by itself, unless it got an answer that is no stream.
    if (updates.readyState === EventSource.CLOSED) setTimeout(() => void listenAgain(id, on), 1_000);
  });
}

async function listenAgain(id, on) {
  const answer = await fetch(`/chat/${id}`).catch(() => undefined);
  if (answer?.status !== 404) return listen(id, on);
  // The bot was restarted and has forgotten the conversation.
  sessionStorage.removeItem(KEPT_AS);
  location.reload();
}
