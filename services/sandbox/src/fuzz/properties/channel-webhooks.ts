import { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import fc from 'fast-check';
import { mutated } from '../arbitraries/mutated.ts';
import { transport } from '../arbitraries/transport.ts';
import { channelWebhook } from '../arbitraries/webhook.ts';
import type { Doors } from '../doors.ts';
import { demand, nothingKept, problemIn, sound } from '../invariants.ts';
import { ask } from '../raw-request.ts';
import { signed } from '../signed.ts';
import { type Property, property } from './property.ts';

/** Webhooks of the channel, rightly signed however they look: HubSpot may send anything. */
export const channelWebhooks = (doors: Doors): Property =>
  property(
    fc.record({ json: mutated(channelWebhook(doors.ids)), transport }),
    async ({ json, transport: { plain, wrapped } }) => {
      const target = `/v1/hubspot/channel/${doors.setting('HUBSPOT_WEBHOOK_TOKEN')}`;
      const request = signed(
        doors,
        wrapped(target, Buffer.from(json.text)),
        plain ? Buffer.from(json.text) : undefined,
      );
      const answer = await ask(doors.ingressUrl, request);
      sound(answer, doors.secrets);
      const stand = await doors.kept.take('agent-messages');
      if (answer.status !== 200) {
        problemIn(answer, request);
        nothingKept(stand, answer.status);
        demand(!(plain && json.intact), `a webhook of HubSpot's was refused: ${answer.text}`);
        return answer.status;
      }
      const entries = [...stand.values()].flat();
      demand(
        answer.text === JSON.stringify({ accepted: entries.length, duplicate: 0 }),
        `answered ${answer.text} and kept ${entries.length}`,
      );
      const [delivery] = entries.map(({ message }) => AgentDelivery.parse(message));
      if (!plain || !json.intact) return answer.status;
      const sent = JSON.parse(json.text).message;
      demand(
        delivery?.kind === 'agent-message' && delivery.messageId === sent.id && delivery.text.startsWith(sent.text),
        "an agent's words are not in their lane as they were written",
      );
      return answer.status;
    },
  );
