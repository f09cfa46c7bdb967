/** Characters of one message. Longer ones stay in the box, uncut, and are not sent. */
const MOST = 2_000;
/** From here on the visitor sees how much room is left. */
const NEAR = 1_800;

export const isTooLong = (words) => words.length > MOST;

/** Tells below the box, near its limit, what still fits or what is too much. */
export function showRoom(text) {
  const { length } = text.value;
  const over = isTooLong(text.value);
  const room = document.getElementById('room');
  room.hidden = length < NEAR;
  room.classList.toggle('over', over);
  room.textContent = over
    ? `${length - MOST} characters too many: please send it in two`
    : `${MOST - length} characters left`;
  text.ariaInvalid = String(over);
  document.getElementById('send').disabled = over;
}
