/** HubSpot's shapes as this simulator stores and answers them: what comes out of the API is what lies in its memory. */

export interface DeliveryIdentifier {
  readonly type: 'CHANNEL_SPECIFIC_OPAQUE_ID' | 'HS_EMAIL_ADDRESS' | 'HS_PHONE_NUMBER' | 'HS_SHORT_CODE';
  readonly value: string;
}

export interface Participant {
  readonly actorId?: string;
  readonly name?: string;
  readonly deliveryIdentifier?: DeliveryIdentifier;
}

export interface Client {
  readonly clientType: 'HUBSPOT' | 'INTEGRATION' | 'SYSTEM';
  readonly integrationAppId?: number;
}

interface InThread {
  readonly id: string;
  readonly conversationsThreadId: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly client: Client;
  readonly senders: readonly Participant[];
  readonly recipients: readonly Participant[];
  readonly archived: boolean;
}

export interface MessageStatus {
  readonly statusType: 'RECEIVED' | 'SENT' | 'FAILED' | 'READ';
  readonly failureDetails?: { readonly errorMessage?: string; readonly errorMessageTokens: Record<string, string> };
}

export interface ChannelMessage extends InThread {
  readonly type: 'MESSAGE';
  readonly text: string;
  readonly richText: string;
  readonly attachments: readonly unknown[];
  readonly truncationStatus: 'NOT_TRUNCATED' | 'TRUNCATED';
  readonly direction: 'INCOMING' | 'OUTGOING';
  readonly channelId: string;
  readonly channelAccountId: string;
  readonly inReplyToId?: string;
  /** Changed by delivery reports, and `updatedAt` with it. */
  status: MessageStatus;
  updatedAt?: string;
}

export interface Comment extends InThread {
  readonly type: 'COMMENT';
  readonly text: string;
  readonly richText: string;
  readonly attachments: readonly unknown[];
}

export interface Assignment extends InThread {
  readonly type: 'ASSIGNMENT';
  readonly assignedFrom?: string;
  readonly assignedTo?: string;
}

export interface StatusChange extends InThread {
  readonly type: 'THREAD_STATUS_CHANGE';
  readonly newStatus: 'OPEN' | 'CLOSED';
}

export type ThreadMessage = ChannelMessage | Comment | Assignment | StatusChange;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '<br>' };

/** The words of a message as they were written. */
export interface OriginalContent {
  readonly text: string;
  readonly richText: string;
}

/** HubSpot gives each text as HTML too. */
export const richTextOf = (text: string): string =>
  `<div>${text.replace(/[&<>"\n]/g, (character) => ESCAPES[character] ?? character)}</div>`;
