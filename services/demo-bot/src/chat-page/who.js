import { avatarOf } from './lines.js';

const at = (id) => document.getElementById(id);

/** Who answers now, by the conversation's mode; an agent is shown by name. */
const FACES = {
  bot: () => ({ from: 'bot', title: 'Fern', status: 'Bot, answers at once' }),
  asking: () => ({ from: 'bot', title: 'Fern', status: 'Bot, answers at once' }),
  waiting: () => ({ from: 'bot', title: 'Fernhill team', status: 'Waiting for an agent' }),
  agent: (agentName) => ({ from: 'agent', agentName, title: agentName, status: 'Agent, here now' }),
};

/** Shows in the chat's header who has the conversation, and below what the visitor can do now. */
export function showWho(mode, agentName) {
  const face = FACES[mode](agentName);
  const avatar = avatarOf(face);
  avatar.id = 'chat-avatar';
  at('chat-avatar').replaceWith(avatar);
  at('chat-title').textContent = face.title;
  at('chat-status').textContent = face.status;
  at('chat').dataset.mode = mode;
  const withAgents = mode === 'waiting' || mode === 'agent';
  at('end').hidden = !withAgents;
  at('attach').hidden = !withAgents;
  at('chosen').hidden = !withAgents;
  at('suggestions').hidden = mode !== 'bot';
  at('details').hidden = mode !== 'asking';
  at('composer').hidden = mode === 'asking';
}

/** The browser is trying to reach the bot again. */
export function showOffline() {
  at('chat').dataset.mode = 'offline';
  at('chat-status').textContent = 'Reconnecting…';
}
