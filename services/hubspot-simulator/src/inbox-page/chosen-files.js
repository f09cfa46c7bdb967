import { sizeOf } from './attachments.js';
import { byId, element } from './element.js';

/** The files that the next reply takes along. */
export function startChosenFiles() {
  const input = byId('files');
  let chosen = [];
  const show = () => {
    const list = byId('messages');
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    byId('chosen').replaceChildren(...chosen.map(chip));
    if (atEnd) list.scrollTop = list.scrollHeight;
  };
  const chip = (file) => {
    const remove = element('button', { type: 'button', 'aria-label': `Remove ${file.name}` }, '×');
    remove.addEventListener('click', () => {
      chosen = chosen.filter((other) => other !== file);
      show();
      byId('words').focus();
    });
    return element('li', {}, element('bdi', {}, file.name), element('small', {}, sizeOf(file.size)), remove);
  };
  input.addEventListener('change', () => {
    chosen = [...chosen, ...input.files];
    input.value = '';
    show();
  });
  return {
    list: () => chosen,
    set: (files) => {
      chosen = files;
      show();
    },
  };
}

/** A file as the control API takes it. */
export async function attachmentOf(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  const contentType = file.type || 'application/octet-stream';
  return { type: 'FILE', name: file.name, contentType, base64: url.slice(url.indexOf(',') + 1) };
}
