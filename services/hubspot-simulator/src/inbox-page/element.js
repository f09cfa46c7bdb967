/**
 * Makes an element. Texts go in as text and nothing else, since visitors wrote them.
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string | undefined | false)[]} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** The element with this id, which the page has. */
export const byId = (id) => document.getElementById(id);

/**
 * Shows `items` in `container`, each as `render` makes it. An element stays as long as its item does, so that nothing flickers,
 * and focus and reading position stay where they are.
 */
export function showList(container, items, render) {
  const before = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const shown = items.map((item) => {
    const version = JSON.stringify(item);
    const known = before.get(item.id);
    if (known?.dataset.version === version) return known;
    const made = render(item);
    made.dataset.key = item.id;
    made.dataset.version = version;
    if (known?.contains(document.activeElement)) queueMicrotask(() => made.querySelector('button')?.focus());
    return made;
  });
  shown.forEach((child, index) => {
    if (container.children[index] !== child) container.insertBefore(child, container.children[index] ?? null);
  });
  while (container.children.length > shown.length) container.lastElementChild.remove();
}

/** Up to two letters for who has no picture. */
export function initials(name) {
  const letters = name
    .split(/\s+/)
    .map((word) => word.match(/\p{L}/u)?.[0])
    .filter(Boolean);
  return [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toUpperCase() || '?';
}

/** The time of day, and before it the date when it was not today. */
export function timeOf(iso) {
  const at = new Date(iso);
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === new Date().toDateString()) return time;
  return `${at.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${time}`;
}
