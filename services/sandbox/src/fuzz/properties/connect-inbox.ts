import fc from 'fast-check';
import { fields, parameter, rarely } from '../arbitraries/form.ts';
import type { Doors } from '../doors.ts';
import { demand, sound } from '../invariants.ts';
import { ask } from '../raw-request.ts';
import { begin, isPage } from './install.ts';
import { type Property, property } from './property.ts';

/** What a browser may be made to send to the page that connects an inbox: of all of it, HubSpot signs nothing. */
export function connectInbox(doors: Doors): Property {
  const popup = doors.popup();
  const own = Object.fromEntries([...popup.searchParams].map(([name, value]) => [name, encodeURIComponent(value)]));
  const input = fc.record({
    method: fc.constantFrom('GET', 'POST', 'POST', 'HEAD', 'PUT'),
    form: fields({
      accountToken: rarely(own.accountToken ?? '', fc.oneof(fc.constantFrom('..', '.', '%2e%2e%2f1'), parameter)),
      channelId: rarely(own.channelId ?? '', parameter),
      inboxId: rarely(own.inboxId ?? '', parameter),
      portalId: rarely(own.portalId ?? '', parameter),
      redirectUrl: rarely(own.redirectUrl ?? '', fc.oneof(elsewhere(popup), parameter)),
      name: rarely('Chatbot', parameter),
    }),
  });

  return property(input, async ({ method, form }) => {
    await install(doors);
    const inBody = method === 'POST' || method === 'PUT';
    const answer = await ask(doors.connectUrl, {
      method,
      target: inBody ? '/connect' : `/connect?${form}`,
      headers: inBody ? [['content-type', 'application/x-www-form-urlencoded']] : [],
      body: inBody ? Buffer.from(form) : undefined,
    });
    await doors.takeInstall();
    doors.administrator.uninstall(doors.ids.portalId);
    sound(answer, doors.secrets);
    isPage(answer, method);
    const { location } = answer.headers;
    demand((location !== undefined) === (answer.status === 303), `answered ${answer.status} and led to ${location}`);
    const back = new URL(popup.searchParams.get('redirectUrl') ?? '').origin;
    demand(location === undefined || new URL(location).origin === back, `it leads to ${location}`);
    return answer.status;
  });
}

async function install(doors: Doors): Promise<void> {
  const { state, code, cookie } = await begin(doors);
  const target = `/oauth/callback?code=${code}&state=${state}`;
  const { status } = await ask(doors.connectUrl, { method: 'GET', target, headers: [['cookie', cookie]] });
  demand(status === 200, `the install was answered ${status}`);
}

/** Addresses that look like the right one, to somebody. */
const elsewhere = (popup: URL) => {
  const { host } = new URL(popup.searchParams.get('redirectUrl') ?? '');
  return fc
    .constantFrom(
      'https://evil.example/',
      '//evil.example',
      'javascript:alert(1)',
      `http://${host}@evil.example/`,
      `http://evil.example\\@${host}/`,
      `http://${host}.evil.example/`,
      'https://app.hubspot.com.evil.example/',
      'https://app.hubspot.com:8443/',
    )
    .map(encodeURIComponent);
};
