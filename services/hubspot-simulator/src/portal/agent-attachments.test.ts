import { describe, expect, test } from '@jest/globals';
import { conversation } from '../testing/conversation.ts';
import { PNG } from '../testing/files.ts';
import { setup } from '../testing/setup.ts';

const picture = { name: 'plan.png', contentType: 'image/png', content: PNG };
const file = { type: 'FILE', ...picture } as const;

describe("an agent's attachments", () => {
  test('travel in the webhook, files with an address that leads to them', async () => {
    await using it = await conversation();
    const quickReplies = {
      type: 'QUICK_REPLIES' as const,
      quickReplies: [{ value: 'yes', valueType: 'TEXT' as const }],
    };
    const place = { type: 'LOCATION', latitude: 48.2, longitude: 16.37 } as const;
    it.hubspot.agent.reply(it.threadId, '', { attachments: [file, quickReplies, place] });
    await it.settled();
    const { message } = it.bridge.at('/channel')[0]?.body ?? {};
    expect(message).toMatchObject({
      text: '',
      attachments: [{ type: 'FILE', name: 'plan.png', fileUsageType: 'IMAGE' }, quickReplies, place],
    });
    const answer = await fetch(message.attachments[0].url);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
    const signed = await it.call('GET', `/files/v3/files/${message.attachments[0].fileId}/signed-url`);
    expect((await fetch(signed.body.url)).status).toBe(200);
  });

  test('are not there for the first reads when the setting says so', async () => {
    await using it = await conversation();
    it.hubspot.configure({ attachmentNotReadyReads: 2 });
    it.hubspot.agent.reply(it.threadId, '', { attachments: [file] });
    await it.settled();
    const { url } = it.bridge.at('/channel')[0]?.body.message.attachments[0] ?? {};
    const statuses = [];
    for (let read = 1; read <= 3; read++) statuses.push((await fetch(url)).status);
    expect(statuses).toEqual([404, 404, 200]);
  });

  test('have an address that expires, and are signed anew by their id', async () => {
    await using it = await conversation();
    it.hubspot.configure({ attachmentUrlSeconds: 1 });
    it.hubspot.agent.reply(it.threadId, '', { attachments: [file] });
    await it.settled();
    const { url, fileId } = it.bridge.at('/channel')[0]?.body.message.attachments[0] ?? {};
    const deadline = Date.now() + 5_000;
    let status: number;
    do status = (await fetch(url)).status;
    while (status === 200 && Date.now() < deadline);
    expect(status).toBe(403);
    const again = await it.call('GET', `/files/v3/files/${fileId}/signed-url`);
    expect((await fetch(again.body.url)).status).toBe(200);
  });

  test('inside of formatted text are pictures that can be read', async () => {
    await using it = await conversation();
    const src = it.hubspot.agent.inlineImage(it.threadId, picture);
    it.hubspot.agent.reply(it.threadId, '', { richText: `<div><img src="${src}"></div>` });
    await it.settled();
    expect(it.bridge.at('/channel')[0]?.body.message.richText).toContain(src);
    expect((await fetch(src)).status).toBe(200);
  });

  test.each([
    ['any reply', { allowOutgoingMessages: false }, {}, 'allowOutgoingMessages'],
    ['files', { outgoingAttachmentTypes: [] }, { attachments: [file] }, 'outgoingAttachmentTypes'],
    ['one file too many', { maxFileAttachmentCount: 0 }, { attachments: [file] }, 'at most 0 files'],
    ['pictures inline', { allowInlineImages: false }, { richText: '<img src="x">' }, 'allowInlineImages'],
  ])('%s cannot be sent on a channel that does not allow it', async (_what, capabilities, reply, why) => {
    await using it = await setup({ capabilities });
    const { body } = await it.publish();
    expect(() => it.hubspot.agent.reply(body.conversationsThreadId, 'Hi', reply)).toThrow(why);
    expect(it.hubspot.threads()[0]?.messages).toHaveLength(1);
  });
});
