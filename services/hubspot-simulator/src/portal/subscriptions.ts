import type { App } from './app.ts';

/** What the app is told of conversations: one for each kind of event, and of changes one for each property. */
export interface EventSubscription {
  readonly id: string;
  readonly eventType: string;
  readonly propertyName?: string;
  /** New ones are paused until the developer switches them on. */
  active: boolean;
}

const EVENTS: readonly Pick<EventSubscription, 'eventType' | 'propertyName'>[] = [
  { eventType: 'conversation.creation' },
  { eventType: 'conversation.newMessage' },
  { eventType: 'conversation.deletion' },
  { eventType: 'conversation.privacyDeletion' },
  { eventType: 'conversation.propertyChange', propertyName: 'status' },
  { eventType: 'conversation.propertyChange', propertyName: 'assignedTo' },
  { eventType: 'conversation.propertyChange', propertyName: 'isArchived' },
];

/** All that there are, switched on. */
export const allSubscriptions = (): EventSubscription[] =>
  EVENTS.map((event, at) => ({ id: String(2_231 + at), ...event, active: true }));

/** The one that tells the app of this event; undefined when none does. */
export const subscriptionTo = ({ subscriptions }: App, event: Record<string, unknown>): EventSubscription | undefined =>
  subscriptions.find(
    ({ active, eventType, propertyName }) =>
      active && eventType === event.subscriptionType && propertyName === event.propertyName,
  );
