import { describe, expect, test } from '@jest/globals';
import { upload } from '../../testing/files.ts';
import { setup } from '../../testing/setup.ts';

const capabilities = { maxFileAttachmentSizeBytes: 100, maxTotalFileAttachmentSizeBytes: 150 };

describe("a visitor's attachments", () => {
  test('are files by id, which come back with name, usage and an address', async () => {
    await using it = await setup();
    const { id } = (await upload(it)).body;
    const { status, body } = await it.publish({ attachments: [{ type: 'FILE', fileId: id }] });
    expect(status).toBe(201);
    expect(body.attachments).toMatchObject([{ type: 'FILE', fileId: id, fileUsageType: 'IMAGE', name: 'dot.png' }]);
    expect((await fetch(body.attachments[0].url)).status).toBe(200);
  });

  test('may be places, contact cards and quick replies', async () => {
    await using it = await setup();
    const place = { type: 'LOCATION', latitude: 48.2, longitude: 16.37, name: 'Vienna' };
    const contactProfile = { addresses: [], emails: [{ email: 'ada@example.com' }], phones: [], urls: [] };
    const card = { type: 'CONTACT', contactProfile: { ...contactProfile, name: { firstName: 'Ada' } } };
    const quickReplies = { type: 'QUICK_REPLIES', quickReplies: [{ value: 'yes', valueType: 'TEXT' }] };
    const { body } = await it.publish({ attachments: [place, card, quickReplies] });
    expect(body.attachments).toMatchObject([place, card, { ...quickReplies, allowMultiSelect: false }]);
  });

  test('must be files that HubSpot has, or nothing is published', async () => {
    await using it = await setup();
    const { status, body } = await it.publish({ attachments: [{ type: 'FILE', fileId: '1' }] });
    expect(status).toBe(400);
    expect(body).toMatchObject({ category: 'VALIDATION_ERROR', errors: [{ in: 'attachments' }] });
    expect(it.hubspot.threads()).toEqual([]);
  });

  test.each([
    ['more files than the channel takes', 2, { capabilities: { maxFileAttachmentCount: 1 } }, 'at most 1 files'],
    [
      'a file that is too big',
      1,
      { capabilities: { ...capabilities, maxFileAttachmentSizeBytes: 10 } },
      'at most 10 bytes',
    ],
    ['files that are too big together', 3, { capabilities }, 'at most 150 bytes of files'],
    [
      'a type that it does not take',
      1,
      { capabilities: { allowedFileAttachmentMimeTypes: ['image/jpeg'] } },
      'image/png',
    ],
  ])('may not be %s, unless the limits are those of agents only', async (_what, count, config, why) => {
    await using it = await setup(config);
    const attachments: unknown[] = [];
    for (let file = 1; file <= count; file++) attachments.push({ type: 'FILE', fileId: (await upload(it)).body.id });
    const refused = await it.publish({ attachments });
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining(why) } });
    it.hubspot.configure({ fileLimits: 'outgoing' });
    expect((await it.publish({ attachments })).status).toBe(201);
  });

  test('may name a usage, which HubSpot did not take for a time', async () => {
    await using it = await setup({ settings: { fileUsageTypes: 'stickers-and-voice' } });
    const { id } = (await upload(it)).body;
    const file = { type: 'FILE', fileId: id };
    expect((await it.publish({ attachments: [{ ...file, fileUsageType: 'OTHER' }] })).body.message).toBe(
      'Unsupported file usage type OTHER, allowed types are: STICKER,VOICE_RECORDING',
    );
    expect((await it.publish({ attachments: [file] })).status).toBe(201);
  });
});
