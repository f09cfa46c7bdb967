const KEPT_AS = 'fernhill-conversation';

/** A request that the server refused. `errors` has a sentence for each field, when fields were the trouble. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.title ?? 'This did not work');
    this.errors = problem.errors ?? {};
  }
}

const post = (path, body = {}) => send(path, { type: 'application/json', body: JSON.stringify(body) });

async function send(path, { type, body }) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': type }, body });
  if (response.ok) return response.status === 201 ? response.json() : undefined;
  throw new Refused(await response.json().catch(() => ({})));
}

/** Resolves with the id by which a message takes the file along. */
async function upload(id, file) {
  const path = `/chat/${id}/files?name=${encodeURIComponent(file.name)}`;
  return (await send(path, { type: file.type || 'application/octet-stream', body: file })).id;
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
    async say(text, files = []) {
      const ids = await Promise.all(files.map((file) => upload(id, file)));
      await post(`/chat/${id}/messages`, { text, files: ids });
    },
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
