/** A visitor's message as the bot sends it; `changes` replace fields of the envelope. */
export const visitorMessage = (id: string, changes: Record<string, unknown> = {}) => ({
  id,
  type: 'visitor.message',
  conversationId: 'conversation-1',
  occurredAt: '2026-11-02T10:07:00.000Z',
  data: { text: `words of ${id}` },
  ...changes,
});
