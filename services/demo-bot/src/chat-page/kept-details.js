const KEPT_AS = 'fernhill-details';

/** Keeps what the visitor entered in the form, in this tab: it is there after a reload, and when they ask for a person again. */
export function keepDetails(form) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '{}');
  for (const [name, value] of Object.entries(kept)) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener('input', () => {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(Object.fromEntries(new FormData(form))));
  });
}
