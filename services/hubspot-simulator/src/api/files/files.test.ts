import { describe, expect, test } from '@jest/globals';
import { PNG, upload } from '../../testing/files.ts';
import { setup } from '../../testing/setup.ts';

const FILES = '/files/v3/files';
const strategy = (name: string) => options({ duplicateValidationStrategy: name });
const options = (given: Record<string, unknown>) => JSON.stringify({ access: 'PRIVATE', ...given });

describe('an uploaded file', () => {
  test('is answered with what HubSpot knows of it, and found again', async () => {
    await using it = await setup();
    const { status, body } = await upload(it);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      name: 'dot',
      extension: 'png',
      type: 'IMG',
      size: PNG.length,
      path: '/parley/dot.png',
      access: 'PRIVATE',
      archived: false,
    });
    expect((await it.call('GET', `/files/2026-03/files/${body.id}`)).body).toEqual(body);
    expect(it.hubspot.requests()[0]).toMatchObject({
      operation: 'file',
      body: { folderPath: '/parley', file: `dot.png, image/png, ${PNG.length} bytes` },
    });
  });

  test('is not there for the public when it is private, and is when it is not', async () => {
    await using it = await setup();
    const hidden = await upload(it);
    const open = await upload(it, { options: JSON.stringify({ access: 'PUBLIC_NOT_INDEXABLE' }) });
    expect((await fetch(hidden.body.url)).status).toBe(404);
    const answer = await fetch(open.body.url);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  });

  test('can be read by anyone at its signed address, until that expires', async () => {
    await using it = await setup();
    const { id } = (await upload(it)).body;
    const { body: signed } = await it.call('GET', `${FILES}/${id}/signed-url?expirationSeconds=60`);
    expect(signed).toMatchObject({ name: 'dot', extension: 'png', type: 'IMG', size: PNG.length });
    expect(Math.abs(Date.parse(signed.expiresAt) - Date.now() - 60_000)).toBeLessThan(5_000);
    expect(Buffer.from(await (await fetch(signed.url)).arrayBuffer())).toEqual(PNG);
    const expired = new URL(signed.url);
    expired.searchParams.set('expires', String(Date.now() + 1_000_000));
    expect((await fetch(expired)).status).toBe(403);
    const short = await it.call('GET', `${FILES}/${id}/signed-url?expirationSeconds=1`);
    const deadline = Date.now() + 5_000;
    let status: number;
    do status = (await fetch(short.body.url)).status;
    while (status === 200 && Date.now() < deadline);
    expect(status).toBe(403);
  });

  test('is gone when it is deleted', async () => {
    await using it = await setup();
    const { id } = (await upload(it)).body;
    const { url } = (await it.call('GET', `${FILES}/${id}/signed-url`)).body;
    expect((await it.call('DELETE', `${FILES}/${id}/gdpr-delete`)).status).toBe(204);
    expect((await it.call('GET', `${FILES}/${id}`)).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
  });

  test('gets a number when its name is taken, unless it overwrites', async () => {
    await using it = await setup();
    await upload(it);
    expect((await upload(it)).body.name).toBe('dot-1');
    expect((await upload(it, { options: options({ overwrite: true }) })).body.name).toBe('dot');
    expect(it.hubspot.files()).toHaveLength(2);
  });

  test('with content that is there is refused or answered with that, as the options have it', async () => {
    await using it = await setup();
    const { id } = (await upload(it)).body;
    expect((await upload(it, { options: strategy('REJECT') })).status).toBe(400);
    expect((await upload(it, { options: strategy('RETURN_EXISTING') })).body.id).toBe(id);
  });

  test.each([
    ['no file', 'file', { file: undefined }],
    ['no options', 'options', { options: undefined }],
    ['options that are not JSON', 'options', { options: 'PRIVATE' }],
    ['an unknown access', 'access', { options: '{"access":"SECRET"}' }],
    ['a ttl of an hour', 'ttl', { options: options({ ttl: 'PT1H' }) }],
    ['a ttl of two years', 'ttl', { options: options({ ttl: 'P2Y' }) }],
    ['no folder', 'folderPath', { folderPath: undefined }],
    ['two folders', 'folderPath', { folderId: '1' }],
    ['a field that HubSpot does not know', 'access', { access: 'PRIVATE' }],
  ])('with %s is refused, and %s is named', async (_what, field, fields) => {
    await using it = await setup();
    const { status, body } = await upload(it, fields);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: field }]);
    expect(it.hubspot.files()).toEqual([]);
  });

  test('needs the scope files, and a multipart body', async () => {
    await using it = await setup();
    it.hubspot.grant('poor', { scopes: ['oauth'] });
    expect((await it.call('POST', FILES, {}, 'poor')).status).toBe(403);
    expect((await it.call('POST', FILES, {})).status).toBe(415);
  });
});
