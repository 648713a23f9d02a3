// The page's own hands: what a screen's HTML asks for is sent to Python. Nothing here reads or writes any other address than the server's own.
document.documentElement.lang = 'fr';
// Gradio speaks the browser's language; the page is in French for everybody.
for (const name of ['language', 'languages'])
  Object.defineProperty(navigator, name, { get: () => (name === 'language' ? 'fr-FR' : ['fr-FR', 'fr']) });

// Gradio makes functions of strings, which the page's policy forbids as it forbids those of a stranger. The strings of this page, and those that Gradio makes of
// them, are all known: each stands here beside the function that it means. Any other is left to the browser, which refuses it and says so in its console.
(() => {
  const called = /^return \(\n(\[".*\])\n\);$/; // what an event does (`context.in_browser`): a function of assistantPage and what it is first given
  const known = [
    [/^assistantPage\.attach\(element, trigger\);/, () => (element, trigger) => assistantPage.attach(element, trigger)],
    [/^return "(\$\{value\})?";$/, ([, words]) => () => words ?? ''], // the template of a panel, and of its style, as Handlebars writes it again …
    [/^return `\$\{value\}`;$/, (_, names) => (...values) => values[names.indexOf('value')]], // … and as Gradio then fills it
    [/^return ``;$/, () => () => ''],
  ];
  function meant(given) {
    const names = given.slice(0, -1), text = String(given.at(-1)).trim();
    for (const [form, made] of known) if (form.test(text)) return made(form.exec(text), names);
    return null;
  }
  window.Function = new Proxy(Function, {
    apply: (real, self, given) => meant(given) ?? Reflect.apply(real, self, given),
    construct: (real, given) => meant(given) ?? Reflect.construct(real, given),
  });
  const Later = Object.getPrototypeOf(async () => {}).constructor;
  function make(text) {
    if (!called.test(text)) return new Later(text);
    const [name, ...first] = JSON.parse(called.exec(text)[1]);
    return async () => (...given) => assistantPage[name](...first, ...given);
  }
  Object.defineProperty(Later.prototype, 'constructor', { value: make });
})();

// Answers come by a stream that the server closes when nothing is awaited. Gradio's client believes it open until it has read that it is closed: what is
// asked in between is never answered; and what the stream says of a demand before the client knows its number is shown in another order. So the client is
// given a demand's number once the stream speaks of it or is known to be over (it then opens another), and what the stream says once the number is known, each
// word in a task of its own: within a chain of timers the client's own timers come late (4 ms in every browser) and a change is shown before what it changes.
(() => {
  const fetched = window.fetch.bind(window), pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const KNOWN_MS = 5000, MOST_MS = 10000, REMEMBERED = 500; // for the client to know of an end; no wait is longer than the second
  const demands = new Map(); // by number: whether the stream spoke of it, whether the client knows it
  let over = null; // resolved when the open stream is; none is open: null

  function anotherTask() {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = () => { port1.close(); resolve(); };
      port2.postMessage(0);
    });
  }
  function deferred() {
    let resolve;
    return Object.assign(new Promise((now) => { resolve = now; }), { resolve });
  }
  function demand(id) {
    if (!demands.has(id)) demands.set(id, { spoken: deferred(), known: deferred() });
    if (demands.size > REMEMBERED) demands.delete(demands.keys().next().value);
    return demands.get(id);
  }

  async function relay(source, client, closing) {
    let rest = '';
    for (let { done, value } = await source.read(); !done; { done, value } = await source.read()) {
      const messages = (rest + value).split('\n\n');
      rest = messages.pop();
      for (const message of messages) {
        const id = /"event_id":\s*"([^"]+)"/.exec(message)?.[1];
        if (id) {
          demand(id).spoken.resolve();
          await Promise.race([demand(id).known, pause(MOST_MS)]);
        }
        if (/"msg":\s*"close_stream"/.test(message.slice(0, 60))) closing();
        await anotherTask();
        client.enqueue(new TextEncoder().encode(message + '\n\n'));
      }
    }
    client.close();
  }

  async function stream(asked, options) {
    const ended = (over = deferred());
    const end = () => { ended.resolve(); if (over === ended) over = null; };
    const later = () => setTimeout(end, KNOWN_MS);
    // The client lets go of what it knows to be over. The server must not hear of it: cut while it says its last word, it forgets what was asked since.
    const network = new AbortController(), cut = () => network.abort();
    asked.signal.addEventListener('abort', end);
    asked.signal.addEventListener('abort', cut);
    const closing = () => asked.signal.removeEventListener('abort', cut);
    try {
      const response = await fetched(new Request(asked, { signal: network.signal }), options);
      const source = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const start = (client) => { relay(source, client, closing).catch((failure) => client.error(failure)).finally(later); };
      return new Response(new ReadableStream({ start }), response);
    } catch (failure) {
      later();
      throw failure;
    }
  }

  async function join(asked, options) {
    const response = await fetched(asked, options);
    const answer = response.ok ? await response.clone().json() : {}, id = answer.event_id;
    if (!id) return response;
    if (over) await Promise.race([demand(id).spoken, over, pause(MOST_MS)]);
    response.json = async () => {
      anotherTask().then(demand(id).known.resolve); // what the client does with the number, it does in the task in which it has read it
      return answer;
    };
    return response;
  }

  window.fetch = (asked, options) => {
    const path = new URL(asked.url ?? asked, location.href).pathname;
    return path.endsWith('/queue/data') ? stream(asked, options) : path.endsWith('/queue/join') ? join(asked, options) : fetched(asked, options);
  };
})();

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

// Answers that two threads of the server send at once may come in the wrong order: one that takes the place of a later one is asked for anew.
const lastShown = new WeakMap();
new MutationObserver(() => {
  for (const mark of document.querySelectorAll('[data-form][data-rang]')) {
    const form = document.querySelector(`#${mark.dataset.form} form`), rank = +mark.dataset.rang, last = lastShown.get(form) ?? 0;
    if (form && rank > last) lastShown.set(form, rank);
    if (!form || rank >= last || mark.dataset.overtaken) continue;
    mark.dataset.overtaken = last;
    setTimeout(() => mark.isConnected && form.requestSubmit(), assistantPage.ONCE_MS);
  }
}).observe(document, { childList: true, subtree: true });

// What was chosen in a list stays chosen when the list is drawn anew, as long as it is in it.
const choices = new Map();
document.addEventListener('change', (change) => { if (change.target.matches('select[data-stays]')) choices.set(change.target.id, change.target.value); });
new MutationObserver(() => {
  for (const list of document.querySelectorAll('select[data-stays]')) {
    const chosen = choices.get(list.id);
    if (chosen !== undefined && list.value !== chosen && [...list.options].some((option) => option.value === chosen)) list.value = chosen;
  }
}).observe(document, { childList: true, subtree: true });

// The keyboard goes at once to what an open screen is for: where one writes a question, else its first title.
document.addEventListener('click', (click) => {
  if (!click.target.closest('[data-skip]')) return;
  click.preventDefault();
  const seen = (one) => one.offsetParent !== null;
  const target = [...document.querySelectorAll('#question')].find(seen) ?? [...document.querySelectorAll('[role=tabpanel] h2')].find(seen);
  if (target && target.tagName === 'H2') target.setAttribute('tabindex', '-1');
  target?.focus();
});

// A page beside an answer is small: enlarged, it is so until it is made small again, whatever page is turned to.
let pagesAreLarge = false;
function showPagesAtTheirSize() {
  for (const pressed of document.querySelectorAll('[data-enlarge]')) {
    pressed.setAttribute('aria-pressed', pagesAreLarge);
    pressed.closest('.source-ouverte').classList.toggle('agrandie', pagesAreLarge);
  }
}
document.addEventListener('click', (click) => {
  const pressed = click.target.closest('[data-enlarge]');
  if (!pressed) return;
  pagesAreLarge = !pagesAreLarge;
  showPagesAtTheirSize();
  const panel = pressed.closest('.source-ouverte'), marked = panel.querySelector('.surligne');
  if (marked) assistantPage.middle(marked, panel);
});

window.assistantPage = (() => {
  const timers = new WeakMap(), demanded = new WeakMap(), ONCE_MS = 400;
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

  // What a form says is asked for once: the click that sends it has first left its field, which asks too.
  function demand(form, event, trigger) {
    clearTimeout(timers.get(form));
    const data = { ...values(form), ...form.dataset }, what = JSON.stringify([event, data]), now = Date.now(), before = demanded.get(form);
    if (before?.what === what && now - before.when < ONCE_MS) return;
    demanded.set(form, { what, when: now });
    trigger(event, { ...data, rang: ++rank });
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
    // A progress that is shown anew takes the place of a button between press and release: the browser then clicks on nothing.
    let held = null;
    element.addEventListener('pointerdown', (press) => { held = press.target.closest('[data-event]'); });
    element.addEventListener('pointerup', (release) => {
      const under = release.target.closest('[data-event]');
      if (held && !held.isConnected && under?.dataset.event === held.dataset.event) under.click();
      held = null;
    });
    element.addEventListener('click', (click) => {
      const pressed = click.target.closest('[data-event]');
      if (!pressed || pressed.tagName === 'FORM' || !element.contains(pressed)) return;
      if (pressed.dataset.confirm && !window.confirm(pressed.dataset.confirm)) return;
      click.preventDefault();
      if (pressed.dataset.opens) opener = pressed;
      // A button may speak for the form of another panel: what was typed there is taken along, and nothing that it asked before counts any more.
      const beside = pressed.dataset.form ? document.querySelector(`#${pressed.dataset.form} form`) : null;
      clearTimeout(timers.get(beside));
      const form = beside ?? pressed.closest('form');
      trigger(pressed.dataset.event, { ...(form ? values(form) : {}), ...pressed.dataset, ...(beside ? { rang: ++rank } : {}) });
    });
    element.addEventListener('submit', (submit) => {
      submit.preventDefault();
      const form = submit.target;
      if (!form.dataset.event || !form.reportValidity() || underWay(form)) return;
      demand(form, form.dataset.event, trigger);
      if (form.dataset.clears) for (const name of form.dataset.clears.split(' ')) form.elements[name].value = '';
    });
    element.addEventListener('keydown', (key) => {
      if (key.key !== 'Enter' || key.shiftKey || key.isComposing || !key.target.matches('textarea[data-enter]')) return;
      key.preventDefault();
      key.target.form.requestSubmit();
    });
    const changed = (change) => {
      if (change.target.type === 'file') return void (change.type === 'change' && deposit(element, trigger, change.target, chosen(change.target.files)));
      if (change.target.type === 'range') describe(change.target);
      if (change.type === 'input' && change.target.hasAttribute('data-day')) return; // half a date is none
      const form = change.target.closest('form[data-changes]');
      if (!form || change.target.hasAttribute('data-quiet')) return;
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(() => demand(form, form.dataset.changes, trigger), change.type === 'input' ? 450 : 0));
      if (change.type === 'change' && change.target.hasAttribute('data-reset')) setTimeout(() => { change.target.value = ''; }, 50);
    };
    element.addEventListener('input', changed);
    element.addEventListener('change', changed);
    element.addEventListener('dragover', (drag) => { if (drag.target.closest('[data-drop]')) drag.preventDefault(); });
    element.addEventListener('drop', (drop) => {
      const zone = drop.target.closest('[data-drop]');
      if (!zone) return;
      drop.preventDefault();
      dropped(drop.dataTransfer).then((files) => deposit(element, trigger, zone.querySelector('input[type=file]'), files));
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

  // Files as they are sent: each with its path within the folder that holds it.
  const chosen = (files) => [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

  // What is dropped may be folders: what they hold is sent, as if they had been chosen.
  async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) return chosen(transfer.files);
    const found = [];
    const walk = async (entry) => {
      if (entry.isFile) return void found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path: entry.fullPath.slice(1) });
      const reader = entry.createReader();
      for (let some; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length; ) for (const one of some) await walk(one);
    };
    for (const entry of entries) await walk(entry);
    return found;
  }

  async function deposit(element, trigger, input, chosen) {
    if (!chosen.length) return;
    const box = input.closest('.depot');
    const status = box.querySelector('[role=status]');
    const total = chosen.reduce((sum, { file }) => sum + file.size, 0) || 1;
    const tokens = [], refusals = [];
    let before = 0;
    input.disabled = true;
    for (const [index, { file, path }] of chosen.entries()) {
      const told = (sent) => { status.textContent = `Envoi du fichier ${index + 1} sur ${chosen.length} : ${Math.min(100, Math.round(100 * (before + sent) / total))} %`; };
      told(0);
      const answer = await send(file, path, told);
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
      showPagesAtTheirSize();
      opened.focus({ preventScroll: true });
      opened.scrollIntoView({ block: opened.offsetHeight > innerHeight ? 'start' : 'nearest' });
      const marked = opened.querySelector('.surligne, .surligne-texte');
      if (marked) middle(marked, opened);
    });
  }
  // Brings words to the middle of what scrolls around them, within ``panel``: the page itself stays where it is, as far as they are then seen.
  function middle(words, panel) {
    for (let around = words.parentElement; around !== panel.parentElement; around = around.parentElement) {
      if (!/auto|scroll/.test(getComputedStyle(around).overflowY)) continue;
      const inner = words.getBoundingClientRect(), outer = around.getBoundingClientRect();
      around.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
      around.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    }
    words.scrollIntoView({ block: 'nearest', inline: 'nearest' });
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

  // A file that was made at a click is saved: its link is in what the server gave.
  function save(made) {
    const holder = document.createElement('div');
    holder.innerHTML = made;
    holder.querySelector('a[download]')?.click();
  }

  const show = (html) => html; // into the panel of an event, before the server answers

  return { attach, focusOn, giveBack, middle, save, show, showLast, ONCE_MS };
})();
