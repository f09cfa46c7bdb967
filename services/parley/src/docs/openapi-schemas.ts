import { ProblemBody } from '@parley/ingress/problem';
import { EventFromBot, TranscriptLine, Attachment as VisitorAttachment } from '@parley/shared/contracts/event-from-bot';
import { Agent, Attachment as AgentAttachment, EventToBot, QuickReply } from '@parley/shared/contracts/event-to-bot';
import { Visitor } from '@parley/shared/contracts/visitor';
import type { Acceptance } from '@parley/shared/queues/producer';
import { z } from 'zod';

const Accepted: z.ZodType<Acceptance> = z.object({
  accepted: z.int().min(0).describe('Events that count for the first time.'),
  duplicate: z.int().min(0).describe('Events whose id was accepted before.'),
});

const contracts = { EventFromBot, EventToBot };

/** By the names that the classes made from them get; what has none stands where it is used. */
const named = {
  ...contracts,
  Visitor,
  TranscriptLine,
  VisitorAttachment,
  Agent,
  AgentAttachment,
  QuickReply,
  Accepted,
  Problem: ProblemBody,
};

export const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** `AgentMessageRead` for `agent-message.read`. */
const classNameOf = (type: string) => type.replaceAll(/(?:^|\W)(\w)/g, (_, first: string) => first.toUpperCase());

/**
 * What is sent, as JSON Schema: defaults may be left out, and what is read with unknown fields is stated with them. A rule between
 * two fields has no words there and is in their descriptions.
 */
export function componentSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  for (const event of Object.values(contracts).flatMap(({ options }) => [...options]))
    registry.add(event, { id: classNameOf(event.shape.type.value) });

  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => reference(id).$ref,
    override({ jsonSchema }) {
      const { format = 'none' } = jsonSchema;
      // The format says it; a check that is made for texts would be put before what a generator makes of these.
      if (format === 'date-time' || format === 'uuid') delete jsonSchema.pattern;
      // Some validators refuse a format that JSON Schema does not name; the pattern says it.
      if (format === 'e164' || format === 'starts_with') delete jsonSchema.format;
    },
  });
  const all: Record<string, object> = schemas;
  for (const schema of Object.values(schemas)) {
    delete schema.$schema;
    delete schema.$id;
  }
  for (const [id, { options }] of Object.entries(contracts)) {
    const types = options.map(({ shape }) => shape.type.value);
    const mapping = Object.fromEntries(types.map((type) => [type, reference(classNameOf(type)).$ref]));
    all[id] = { type: 'object', ...all[id], discriminator: { propertyName: 'type', mapping } };
  }
  return all;
}

/** Of a parameter, a header or a list. */
export const inline = (schema: z.ZodType): object => {
  const { $schema: _, ...stated } = z.toJSONSchema(schema, { io: 'input' });
  return stated;
};
