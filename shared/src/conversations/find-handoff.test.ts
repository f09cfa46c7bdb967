import { describe, expect, test } from '@jest/globals';
import { PortalId, ThreadId } from '../contracts/ids.ts';
import { entry, first, later, portal, testConversations, threadId } from '../testing/test-conversations.ts';

describe('the handoff that HubSpot speaks of', () => {
  test('is found by our own id of it', async () => {
    using it = await testConversations();
    await it.begin(first, { visitor: {} });
    expect(await it.findHandoff({ portal, threadId, handoffIds: [first.handoffId] })).toEqual(first);
  });

  test('is found by its thread alone, and only in its own portal', async () => {
    using it = await testConversations();
    await it.indexThread({ portal, threadId }, first);
    expect(await it.byThread(portal, threadId)).toEqual(first);
    expect(await it.byThread(PortalId.parse('4712'), threadId)).toBeUndefined();
  });

  test('is, in a merged thread, the first one that is ours', async () => {
    using it = await testConversations();
    const other = entry('chat/2');
    await it.begin(first, { visitor: {} });
    await it.begin(other, { visitor: {} });
    const handoffIds = [entry('of-another-parley').handoffId, other.handoffId, first.handoffId];
    expect(await it.findHandoff({ portal, threadId, handoffIds })).toEqual(other);
  });

  test('is found by the thread when none of the ids is ours, and not at all when neither is known', async () => {
    using it = await testConversations();
    const handoffIds = [entry('of-another-parley').handoffId];
    expect(await it.findHandoff({ portal, threadId, handoffIds })).toBeUndefined();
    await it.indexThread({ portal, threadId }, first);
    expect(await it.findHandoff({ portal, threadId, handoffIds })).toEqual(first);
  });

  test('is each of those that go on in the thread, those that HubSpot names before, until it is forgotten', async () => {
    using it = await testConversations();
    const [named, other] = [entry('chat/2'), entry('chat/3')];
    await it.begin(named, { visitor: {} });
    await it.indexThread({ portal, threadId }, first, 1_000);
    await it.indexThread({ portal, threadId }, other, 2_000);
    const find = () => it.findHandoffs({ portal, threadId, handoffIds: [named.handoffId] });
    expect(await find()).toEqual([named, other, first]);
    await it.forgetHandoff(portal, other.handoffId);
    expect(await find()).toEqual([named, first]);
  });

  test('is found by every thread that it ever had, and after it is over', async () => {
    using it = await testConversations();
    const moved = ThreadId.parse('13');
    await it.indexThread({ portal, threadId }, first);
    await it.indexThread({ portal, threadId: moved }, first);
    await it.begin(later, { visitor: {} });
    for (const thread of [threadId, moved]) expect(await it.byThread(portal, thread)).toEqual(first);
  });
});
