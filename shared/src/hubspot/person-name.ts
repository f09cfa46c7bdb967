/**
 * A full name as HubSpot keeps it. "Lovelace, Ada" says which is which; otherwise the first word is the first name and the rest
 * the last name, so that "Ludwig van Beethoven" keeps his "van". A guess: agents can correct it, and one word is a first name.
 */
export function personName(name = ''): { firstname?: string; lastname?: string } {
  const [last, first] = name.split(',').map(tidy);
  if (last && first) return { firstname: first, lastname: last };
  const [firstname, ...rest] = tidy(name.replaceAll(',', ' ')).split(' ');
  if (!firstname) return {};
  return rest.length === 0 ? { firstname } : { firstname, lastname: rest.join(' ') };
}

const tidy = (words: string) => words.trim().replaceAll(/\s+/g, ' ');
