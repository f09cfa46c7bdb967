/**
 * How urgent a call to HubSpot is. Of a portal's budget the less urgent calls get what the more urgent ones leave:
 *
 * | urgency    | what                                            | of a burst | at least one call in |
 * | ---------- | ----------------------------------------------- | ---------- | -------------------- |
 * | `words`    | the visitor's words                             | all        | its place in line    |
 * | `delivery` | their contact, comments, closing, reports       | 70 %       | 1 s                  |
 * | `files`    | attachments, either way                         | 50 %       | 5 s                  |
 * | `polling`  | looking for what HubSpot did not tell           | 30 %       | 10 s                 |
 *
 * The last column keeps a flood of words from holding back for ever what belongs to them: without a contact there are no first
 * words. All of it together is a little more than a tenth of the budget.
 */
export const URGENCIES = {
  words: { partOfBurst: 1, starvedAfterMs: 0 },
  delivery: { partOfBurst: 0.7, starvedAfterMs: 1_000 },
  files: { partOfBurst: 0.5, starvedAfterMs: 5_000 },
  polling: { partOfBurst: 0.3, starvedAfterMs: 10_000 },
} as const;

export type Urgency = keyof typeof URGENCIES;
