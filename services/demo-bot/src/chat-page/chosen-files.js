/** What Parley takes of one message, and of one file. */
const MOST = 10;
const MOST_BYTES = 10_000_000;

const at = (id) => document.getElementById(id);
const input = at('files');

/** The files that the next message takes along. `problem` gets a sentence when one cannot be taken, and nothing else when all can. */
export function chooseFiles(problem) {
  let chosen = [];

  const set = (files) => {
    chosen = files;
    at('chosen').replaceChildren(...chosen.map(chip));
    at('chosen-status').textContent = chosen.length > 0 ? `${counted(chosen.length)} will be sent` : '';
  };

  const remove = (file) => {
    const index = chosen.indexOf(file);
    set(chosen.filter((other) => other !== file));
    (at('chosen').querySelectorAll('button')[index] ?? input).focus();
  };

  function chip(file) {
    const item = document.createElement('li');
    const name = document.createElement('bdi');
    name.textContent = file.name;
    const size = document.createElement('small');
    size.textContent = sizeOf(file.size);
    const button = document.createElement('button');
    button.type = 'button';
    button.ariaLabel = `Remove ${file.name}`;
    button.textContent = '×';
    button.addEventListener('click', () => remove(file));
    item.append(name, size, button);
    return item;
  }

  input.addEventListener('change', () => {
    const picked = [...input.files];
    // Else the same file could not be chosen again after it was removed.
    input.value = '';
    const fitting = picked.filter(({ size }) => size > 0 && size <= MOST_BYTES);
    const refused = picked.find((file) => !fitting.includes(file));
    const all = [...chosen, ...fitting];
    set(all.slice(0, MOST));
    if (all.length > MOST) problem(`At most ${MOST} files go with one message`);
    else if (refused) problem(`${refused.name} is ${refused.size === 0 ? 'empty' : 'larger than 10 MB'}`);
    else problem('');
  });

  return { list: () => (at('attach').hidden ? [] : chosen), set };
}

const counted = (count) => (count === 1 ? '1 file' : `${count} files`);

const sizeOf = (bytes) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
