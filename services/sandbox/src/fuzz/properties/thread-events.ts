import { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import fc from 'fast-check';
import { mutated } from '../arbitraries/mutated.ts';
import { transport } from '../arbitraries/transport.ts';
import { threadWebhook } from '../arbitraries/webhook.ts';
import type { Doors } from '../doors.ts';
import { demand, nothingKept, problemIn, sound } from '../invariants.ts';
import { ask } from '../raw-request.ts';
import { signed } from '../signed.ts';
import { type Property, property } from './property.ts';

/** Webhooks of the app's subscriptions, rightly signed however they look. */
export const threadEvents = (doors: Doors): Property =>
  property(
    fc.record({ json: mutated(threadWebhook(doors.ids)), transport }),
    async ({ json, transport: { plain, wrapped } }) => {
      const target = `/v1/hubspot/events/${doors.setting('HUBSPOT_WEBHOOK_TOKEN')}`;
      const request = signed(
        doors,
        wrapped(target, Buffer.from(json.text)),
        plain ? Buffer.from(json.text) : undefined,
      );
      const answer = await ask(doors.ingressUrl, request);
      sound(answer, doors.secrets);
      const stand = await doors.kept.take('agent-messages');
      const entries = [...stand.values()].flat();
      for (const { message } of entries) AgentDelivery.parse(message);
      if (answer.status === 200) {
        demand(
          JSON.parse(answer.text).accepted === entries.length,
          `answered ${answer.text} and kept ${entries.length}`,
        );
        return answer.status;
      }
      problemIn(answer, request);
      // A list with one event that cannot be understood is refused, and the others of it are taken.
      if (!answer.text.includes('invalid-webhook')) nothingKept(stand, answer.status);
      demand(!(plain && json.intact), `a webhook of HubSpot's was refused: ${answer.text}`);
      return answer.status;
    },
  );
