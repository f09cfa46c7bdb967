import { sanitiseRichText } from '@parley/shared/content/rich-text';
import { splitText } from '@parley/shared/content/split-text';
import { withNotes } from '@parley/shared/content/with-notes';
import { type EventId, followUpId } from '@parley/shared/contracts/ids';
import type { VisitorWords } from '@parley/shared/hubspot/channel-messages';

export interface WholeWords {
  readonly eventId: EventId;
  readonly text: string;
  /** As the bot sent it. */
  readonly richText?: string | undefined;
  readonly fileIds?: readonly string[];
}

/** One message. */
export type Part = Pick<VisitorWords, 'eventId' | 'text' | 'richText' | 'fileIds'>;

/** The same message when HubSpot takes its words and not its files. */
export function withoutFiles({ fileIds = [], ...part }: Part): Part {
  const files = fileIds.length === 1 ? 'a file' : `${fileIds.length} files`;
  return { ...part, ...withNotes(part, [`[${files} could not be passed on: HubSpot refused the message with it]`]) };
}

/**
 * Two of the largest that we take make up the 20 MB that HubSpot's example of a channel allows in one message. Whether a channel's
 * limits count for visitors too is not documented, and a message that HubSpot refuses for them loses all its files.
 */
const FILES_IN_ONE = 2;

/**
 * The messages in which words go to HubSpot, in order, the files with the last words: one under the event's id, or several under
 * ids that no other event can have (an event may well be called `evt-1.2`). The same whenever the event is worked on again.
 */
export function partsOf(
  { eventId, text, richText, fileIds = [] }: WholeWords,
  { maxText }: { maxText: number },
): Part[] {
  const texts = splitText(text, maxText);
  const clean = richText === undefined || texts.length > 1 ? undefined : sanitiseRichText(richText);
  const formatted = clean !== undefined && clean.length <= maxText ? { richText: clean } : {};
  const words = texts.map((part, index) => ({
    text: part,
    fileIds: index === texts.length - 1 ? fileIds.slice(0, FILES_IN_ONE) : [],
    ...formatted,
  }));
  const filesAlone = Array.from({ length: Math.ceil(fileIds.length / FILES_IN_ONE) - 1 }, (_, index) => ({
    text: '',
    fileIds: fileIds.slice((index + 1) * FILES_IN_ONE, (index + 2) * FILES_IN_ONE),
  }));
  const parts = [...words, ...filesAlone];
  return parts.map((part, index) => ({
    ...part,
    eventId: parts.length === 1 ? eventId : followUpId(`part-${index + 1}`, eventId),
  }));
}
