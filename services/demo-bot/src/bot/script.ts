export const GREETING =
  'Hi, I am Fern, the shop’s bot. Ask me about opening hours, delivery or a joke, or talk to a person.';
export const PASSING_ON = 'Thank you. I am passing you on to our team.';
export const WELCOME_BACK = 'Fern here again. Anything else I can do for you?';

interface Reply {
  readonly text: string;
  /** The visitor wants a person: the page shows the form for the details an agent will want. */
  readonly asks?: 'details';
}

const SCRIPT: readonly { readonly when: RegExp; readonly reply: Reply }[] = [
  {
    when: /\b(agent|human|person|help me)\b/i,
    reply: { text: 'Of course. Who may I say is asking?', asks: 'details' },
  },
  {
    when: /\b(open|opening|hours?|closed?)\b/i,
    reply: { text: 'We are open Monday to Friday from 7:30 to 18:00, and on Saturdays from 9:00 to 16:00.' },
  },
  {
    when: /\b(deliver|delivery|ship|shipping|post)\b/i,
    reply: {
      text: 'We roast on Tuesdays and post on Wednesdays. Delivery takes two working days and is free from two bags.',
    },
  },
  {
    when: /\b(joke|funny|laugh)\b/i,
    reply: { text: 'How does a coffee show affection? It espresso’s itself.' },
  },
  {
    when: /\b(never mind|no thanks|cancel)\b/i,
    reply: { text: 'No problem, I am still here. What else would you like to know?' },
  },
  {
    when: /\b(hi|hello|hey|good (morning|afternoon|evening))\b/i,
    reply: { text: GREETING },
  },
];

const LOST: Reply = {
  text: 'I only know a few things: opening hours, delivery and one joke. For everything else, write “agent” and I will fetch a person.',
};

export const replyTo = (text: string): Reply => SCRIPT.find(({ when }) => when.test(text))?.reply ?? LOST;
