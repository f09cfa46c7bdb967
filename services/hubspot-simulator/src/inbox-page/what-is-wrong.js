/** What happens to a call that meets a fault, by the fault's kind. */
const CALLS = {
  answer: ({ status }) => `answered ${status}`,
  close: () => 'connection closed',
  hang: () => 'never answered',
  'lose-answer': () => 'done, but the answer gets lost',
  slow: ({ delayMs }) => `${delayMs / 1_000} s slower`,
};

/** What happens to a webhook, by the kind of its trouble. */
const WEBHOOKS = {
  duplicate: () => 'sent twice',
  drop: () => 'never sent',
  late: ({ delayMs }) => `${delayMs / 1_000} s late`,
  hold: () => 'held until released',
  reorder: () => 'sent after the one that follows',
  'wrong-signature': () => 'signed wrongly',
  'stale-timestamp': () => 'with an old timestamp',
};

/** All that is wrong at the moment, in phrases, whoever armed it: this page or a program. */
export function whatIsWrong({ down, faults, trouble, lateWebhooks }) {
  return [
    ...(down ? ['HubSpot is down'] : []),
    ...phrases(
      faults.filter(({ id }) => id !== 'down'),
      ({ operation, portalId }) => `${named(operation)}call# ${portalId ? `of portal ${portalId}` : ''}`.trim(),
      (fault) => CALLS[fault.kind](fault),
    ),
    ...phrases(
      trouble,
      ({ target }) => `${named(target)}webhook#`,
      (planned) => WEBHOOKS[planned.kind](planned),
    ),
    ...(lateWebhooks > 0
      ? [`${lateWebhooks === 1 ? 'One webhook is' : `${lateWebhooks} webhooks are`} held back`]
      : []),
  ];
}

const named = (what) => (what === 'any' ? '' : `${what} `);

/** One phrase for those that are alike, with how often it will happen. The plural's s stands where `noun` has a #. */
function phrases(armed, noun, happens) {
  const alike = Map.groupBy(armed, (fault) => `${noun(fault)}: ${happens(fault)}`);
  return [...alike].map(([phrase, same]) => {
    if (same.some(({ times }) => times === null)) return `Every ${phrase.replace('#', '')}`;
    const times = same.reduce((sum, fault) => sum + fault.times, 0);
    return times === 1 ? `Next ${phrase.replace('#', '')}` : `Next ${times} ${phrase.replace('#', 's')}`;
  });
}
