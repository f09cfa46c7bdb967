import {
  createConfiguration,
  ResponseContext,
  ServerConfiguration,
  wrapHttpLibrary,
} from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { z } from 'zod';
import type { Answer } from './exchange.ts';
import { readAnswer } from './read-answer.ts';

/** Makes one request within the deadline, and throws what `exchange` throws. */
export type Send = (url: string | URL, init: RequestInit) => Promise<Answer>;

/**
 * The SDK's typed contacts over `exchange`: its own transport has no deadline, its parser breaks on HTML, and its `ApiException`
 * carries whole bodies in its message. `client.crm.contacts` cannot be given another transport; a per-call one is ignored.
 */
export const contactsConfiguration = ({ apiUrl, send }: { readonly apiUrl: string; readonly send: Send }) =>
  createConfiguration({
    baseServer: new ServerConfiguration(apiUrl, {}),
    httpApi: wrapHttpLibrary({
      async send(request) {
        const body = z.string().parse(request.getBody());
        const init = { method: request.getHttpMethod(), headers: request.getHeaders(), body };
        const answer = await send(request.getUrl(), init);
        readAnswer(answer, z.looseObject({}));
        const json = { ...answer.headers, 'content-type': 'application/json' };
        return new ResponseContext(answer.status, json, {
          text: () => Promise.resolve(answer.text),
          binary: () => Promise.resolve(Buffer.from(answer.text)),
        });
      },
    }),
  });
