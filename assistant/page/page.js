// The page's own hands: what a screen's HTML asks for is sent to Python. Nothing here reads or writes any other address than the server's own.
document.documentElement.lang = 'fr';
// Gradio speaks the browser's language; the page is in French for everybody.
for (const name of ['language', 'languages'])
  Object.defineProperty(navigator, name, { get: () => (name === 'language' ? 'fr-FR' : ['fr-FR', 'fr']) });

// Where tabs do not fit, Gradio puts the last ones in a menu of its own: named in English, and with the screens that one may not use.
// What it says when the server is gone is in English too, and promises more than it does.
const SAID = new Map([
  ['Error', 'Erreur'],
  ['Connection to the server was lost. Attempting reconnection...', "L'assistant ne répond plus : il a été arrêté, ou la machine est injoignable. Ce qui vient d'être demandé n'a pas été reçu. Relancez l'assistant, puis recommencez."],
]);
new MutationObserver(() => {
  for (const said of document.querySelectorAll('[class*=toast] *')) if (!said.firstElementChild && SAID.has(said.textContent.trim())) said.textContent = SAID.get(said.textContent.trim());
  document.querySelectorAll('[aria-label="More tabs"]').forEach((menu) => menu.setAttribute('aria-label', 'Autres écrans'));
  const without = document.querySelector('[data-without]')?.dataset.without.split(', ') ?? [];
  for (const entry of document.querySelectorAll('.overflow-dropdown button')) entry.hidden = without.includes(entry.textContent.trim());
}).observe(document, { childList: true, characterData: true, subtree: true });

window.assistantPage = (() => {
  const timers = new WeakMap();
  let rank = 0; // of what is asked: the last counts, whatever is answered first
  let opener = null;

  // A browser says what is missing in its own language: here it is said in French, days included.
  const DAY = /^(\d{1,2})[\/.\- ](\d{1,2})[\/.\- ](\d{4})$/, COMPUTERS_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
  function isDay(written) {
    const french = DAY.exec(written), computers = COMPUTERS_DAY.exec(written);
    const [day, month, year] = french ? [french[1], french[2], french[3]] : computers ? [computers[3], computers[2], computers[1]] : [0, 0, 0];
    const found = new Date(year, month - 1, day);
    return +day > 0 && found.getDate() === +day && found.getMonth() === month - 1;
  }
  function said(field) {
    if (field.required && !field.value) return 'Remplissez ce champ.';
    const written = field.value.trim();
    return field.hasAttribute('data-day') && written && !isDay(written) ? `« ${written} » n'est pas une date : écrivez-la jj/mm/aaaa, par exemple 01/04/2026, ou laissez ce champ vide.` : '';
  }
  document.addEventListener('invalid', (refused) => refused.target.setCustomValidity(said(refused.target)), true);
  for (const typed of ['input', 'change']) document.addEventListener(typed, (change) => {
    if (change.target.setCustomValidity) change.target.setCustomValidity(change.target.hasAttribute('data-day') ? said(change.target) : '');
  }, true);

  function values(form) {
    const read = {};
    for (const field of form.elements)
      if (field.name) read[field.name] = field.type === 'checkbox' ? (field.checked ? '1' : '') : field.type === 'radio' ? (field.checked ? field.value : read[field.name] ?? '') : field.value;
    return read;
  }

  // Whether what a form comes after is still being made: what was typed stays, and why is said.
  function underWay(form) {
    if (!form.dataset.after) return false;
    const busy = document.querySelector(`#${form.dataset.after} [data-event=arreter]`) !== null;
    form.querySelector('.attente').textContent = busy ? 'Attendez la fin de la réponse, ou arrêtez-la.' : '';
    return busy;
  }

  function attach(element, trigger) {
    element.closest('.block')?.setAttribute('data-attached', '');
    element.addEventListener('click', (click) => {
      const pressed = click.target.closest('[data-event]');
      if (!pressed || pressed.tagName === 'FORM' || !element.contains(pressed)) return;
      if (pressed.dataset.confirm && !window.confirm(pressed.dataset.confirm)) return;
      click.preventDefault();
      if (pressed.dataset.opens) opener = pressed;
      const form = pressed.closest('form');
      trigger(pressed.dataset.event, { ...(form ? values(form) : {}), ...pressed.dataset });
    });
    element.addEventListener('submit', (submit) => {
      submit.preventDefault();
      const form = submit.target;
      if (!form.dataset.event || !form.reportValidity() || underWay(form)) return;
      trigger(form.dataset.event, { ...values(form), ...form.dataset, rang: ++rank });
      if (form.dataset.clears) for (const name of form.dataset.clears.split(' ')) form.elements[name].value = '';
    });
    element.addEventListener('keydown', (key) => {
      if (key.key !== 'Enter' || key.shiftKey || key.isComposing || !key.target.matches('textarea[data-enter]')) return;
      key.preventDefault();
      key.target.form.requestSubmit();
    });
    const changed = (change) => {
      if (change.target.type === 'file') return void (change.type === 'change' && deposit(element, trigger, change.target, change.target.files));
      if (change.target.type === 'range') describe(change.target);
      if (change.type === 'input' && change.target.hasAttribute('data-day')) return; // half a date is none
      const form = change.target.closest('form[data-changes]');
      if (!form || change.target.hasAttribute('data-quiet')) return;
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(() => trigger(form.dataset.changes, { ...values(form), ...form.dataset, rang: ++rank }), change.type === 'input' ? 450 : 0));
      if (change.type === 'change' && change.target.hasAttribute('data-reset')) setTimeout(() => { change.target.value = ''; }, 50);
    };
    element.addEventListener('input', changed);
    element.addEventListener('change', changed);
    element.addEventListener('dragover', (drag) => { if (drag.target.closest('[data-drop]')) drag.preventDefault(); });
    element.addEventListener('drop', (drop) => {
      const zone = drop.target.closest('[data-drop]');
      if (!zone) return;
      drop.preventDefault();
      deposit(element, trigger, zone.querySelector('input[type=file]'), drop.dataTransfer.files);
    });
  }

  // A slider says its level in words, beside it and to a screen reader.
  function describe(slider) {
    const said = JSON.parse(slider.dataset.words || '{}')[slider.value];
    if (!said) return;
    slider.setAttribute('aria-valuetext', said);
    const output = document.getElementById(slider.getAttribute('aria-describedby'));
    if (output) output.textContent = said;
  }

  function send(file, path, onProgress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('POST', `depot?nom=${encodeURIComponent(path)}`);
      request.setRequestHeader('X-Depot', '1');
      request.upload.onprogress = (sent) => onProgress(sent.loaded);
      request.onload = () => {
        try { resolve(JSON.parse(request.responseText)); } catch { resolve({ message: `« ${file.name} » n'a pas été reçu (${request.status}).` }); }
      };
      request.onerror = () => resolve({ message: `« ${file.name} » n'a pas été reçu : l'assistant ne répond plus.` });
      request.send(file);
    });
  }

  async function deposit(element, trigger, input, files) {
    const chosen = [...files];
    if (!chosen.length) return;
    const box = input.closest('.depot');
    const status = box.querySelector('[role=status]');
    const total = chosen.reduce((sum, file) => sum + file.size, 0) || 1;
    const tokens = [], refusals = [];
    let before = 0;
    input.disabled = true;
    for (const [index, file] of chosen.entries()) {
      const told = (sent) => { status.textContent = `Envoi du fichier ${index + 1} sur ${chosen.length} : ${Math.min(100, Math.round(100 * (before + sent) / total))} %`; };
      told(0);
      const answer = await send(file, file.webkitRelativePath || file.name, told);
      before += file.size;
      if (answer.jeton) tokens.push(answer.jeton); else refusals.push(answer.message || `« ${file.name} » a été refusé.`);
    }
    input.disabled = false;
    input.value = '';
    status.textContent = tokens.length ? `${tokens.length} fichier${tokens.length > 1 ? 's' : ''} reçu${tokens.length > 1 ? 's' : ''}.` : '';
    const form = input.closest('form');
    trigger(input.dataset.deposit, { ...(form ? values(form) : {}), jetons: tokens, refus: refusals });
  }

  // What was just opened takes the keyboard; its « Revenir » button gives it back.
  function focusOn(panel) {
    requestAnimationFrame(() => {
      const opened = document.querySelector(`#${panel} [tabindex="-1"]`);
      if (!opened) return;
      opened.focus({ preventScroll: true });
      opened.scrollIntoView({ block: opened.offsetHeight > innerHeight ? 'start' : 'nearest' });
      opened.querySelector('.surligne, .surligne-texte')?.scrollIntoView({ block: 'center' });
    });
  }
  function giveBack() { opener?.focus(); opener?.scrollIntoView({ block: 'center' }); }
  // The last of several, at the top of what scrolls around it: the page itself stays where it is.
  function showLast(selector) {
    requestAnimationFrame(() => {
      const last = [...document.querySelectorAll(selector)].at(-1);
      const around = last?.closest('.defilant');
      if (around && around.scrollHeight > around.clientHeight) around.scrollTop += last.getBoundingClientRect().top - around.getBoundingClientRect().top;
      else last?.scrollIntoView({ block: 'nearest' });
    });
  }

  return { attach, focusOn, giveBack, showLast };
})();
