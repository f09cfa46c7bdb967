import { z } from 'zod';
import type { Portal } from '../../portal/portal.ts';
import { appName } from '../../portal/portal.ts';
import { actorIdOf } from '../../portal/visitors.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { notFound, parseBody } from '../errors.ts';

/** GET actors/{actorId} */
export const getActor: Handler = (portal, { params }) => {
  const id = params.actorId ?? '';
  const actor = actorOf(portal, id);
  if (!actor) throw notFound(`Actor ${id} not found`, { actorId: [id] });
  return ok(actor);
};

const Batch = z.strictObject({ inputs: z.array(z.string()) });

/** POST actors/batch/read: 207 when some are unknown. */
export const readActors: Handler = (portal, { body }) => {
  const startedAt = new Date().toISOString();
  const { inputs } = parseBody(Batch, body);
  const missing = inputs.filter((id) => !actorOf(portal, id));
  const answer = {
    status: 'COMPLETE',
    results: inputs.map((id) => actorOf(portal, id)).filter((actor) => actor !== undefined),
    startedAt,
    completedAt: new Date().toISOString(),
  };
  if (missing.length === 0) return ok(answer);
  const errors = [
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: 'Could not get some of the requested actors',
      context: { ids: missing },
      errors: [],
      links: {},
    },
  ];
  return { status: 207, body: { ...answer, numErrors: missing.length, errors } };
};

function actorOf(portal: Portal, id: string): Record<string, string> | undefined {
  if (id === 'S-hubspot') return { type: 'SYSTEM', id };
  if ([...portal.channels.values()].some(({ appId }) => id === `I-${appId}`))
    return { type: 'INTEGRATOR', id, name: appName(portal) };
  const agent = portal.agents.get(id);
  if (agent !== undefined) return { type: 'AGENT', id, name: agent };
  const visitor = [...portal.visitors.values()].find((other) => actorIdOf(other) === id);
  if (!visitor) return undefined;
  const email = portal.contacts.get(visitor.contactId ?? '')?.properties.email;
  return { type: 'VISITOR', id, ...(visitor.name && { name: visitor.name }), ...(email && { email }) };
}
