import { sanitiseRichText } from '@parley/shared/content/rich-text';
import { splitText } from '@parley/shared/content/split-text';
import { type EventId, followUpId } from '@parley/shared/contracts/ids';
import type { VisitorWords } from '@parley/shared/hubspot/channel-messages';

export interface WholeWords {
  readonly eventId: EventId;
  readonly text: string;
  /** As the bot sent it. */
  readonly richText?: string | undefined;
  readonly fileIds?: readonly string[];
}

/**
 * The messages in which words go to HubSpot, in order: one under the event's id, or several under ids that no other event can
 * have (an event may well be called `evt-1.2`), the files with the last. The same whenever the event is worked on again.
 */
export function partsOf(
  { eventId, text, richText, fileIds = [] }: WholeWords,
  { maxText }: { maxText: number },
): Pick<VisitorWords, 'eventId' | 'text' | 'richText' | 'fileIds'>[] {
  const texts = splitText(text, maxText);
  if (texts.length === 1) {
    const clean = richText === undefined ? undefined : sanitiseRichText(richText);
    const fits = clean !== undefined && clean.length <= maxText;
    return [{ eventId, text, fileIds, ...(fits ? { richText: clean } : {}) }];
  }
  return texts.map((part, index) => ({
    eventId: followUpId(`part-${index + 1}`, eventId),
    text: part,
    fileIds: index === texts.length - 1 ? fileIds : [],
  }));
}
