type Fields = Record<string, string | string[]>;

/** The fields of a query or of a urlencoded form. One that is given several times is a list. */
export function fieldsOf(encoded: string): Fields {
  return gathered([...new URLSearchParams(encoded)]);
}

/** The parts of a multipart body by their names. */
export function partsOf(body: string): Fields {
  const [boundary = ''] = body.split('\r\n', 1);
  const parts = body.split(boundary).flatMap((part) => {
    const [head = '', ...content] = part.split('\r\n\r\n');
    const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
    return name === undefined ? [] : [[name, content.join('\r\n\r\n').replace(/\r\n$/, '')] as const];
  });
  return gathered(parts);
}

function gathered(entries: readonly (readonly [string, string])[]): Fields {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of entries) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(fields);
}
