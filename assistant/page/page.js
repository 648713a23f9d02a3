// The page's own hands: what a screen's HTML asks for goes to Python, and what Python shows of it comes back. Nothing here reads or writes any other address than
// the server's own. A part of a screen is an element with `data-part`; its buttons and forms name what they ask for (`data-event`, `data-changes`).

// Gradio makes functions of strings, which the page's policy forbids as it forbids those of a stranger. Those that it makes of its own templates are known (as
// Handlebars writes them again, and as Gradio fills them); any other is left to the browser, which refuses it and says so in its console.
{
  const known = (given) => {
    const text = String(given.at(-1)).trim(), template = /^return "(\$\{value\})?";$/.exec(text);
    if (template) return () => template[1] ?? '';
    return text === 'return `${value}`;' ? (...values) => values[given.indexOf('value')] : text === 'return ``;' ? () => '' : null;
  };
  window.Function = new Proxy(Function, {
    apply: (real, self, given) => known(given) ?? Reflect.apply(real, self, given),
    construct: (real, given) => known(given) ?? Reflect.construct(real, given),
  });
}

window.assistantPage = (() => {
  const PAGE = crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now(); // none where the page comes from another machine without TLS
  const TABS = '#ecrans button:not([tabindex="-1"]):not([data-part] *)'; // in the bar, or in the menu of those that do not fit; not those that Gradio measures
  const RETRY_MS = 1000, ONCE_MS = 400, TYPING_MS = 450;
  const carried = {}, underWay = new Map(), shownNow = new Map(), timers = new WeakMap(), demanded = new WeakMap(), choices = new Map();
  let rank = 0, opener = null, held = null, told = { latest: [], screens: {} };
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const part = (id) => document.querySelector(`[data-part="${CSS.escape(id)}"]`);
  const partOf = (element) => element.closest('[data-part]')?.dataset.part;

  // ---- demands: each is answered by a stream of its own, which the browser takes up where it was lost ----

  async function ask(from, event, data = {}) {
    const name = `${from}/${event}`, own = new AbortController(), { signal } = own;
    if (underWay.has(name) && !told.latest.includes(name)) return;
    underWay.get(name)?.abort();
    underWay.set(name, own);
    const demand = JSON.stringify({ page: PAGE, partie: from, evenement: event, donnees: data, valeurs: carried });
    try {
      let token;
      do token = await begun(signal, demand);
      while (token && !(await followed(signal, token)));
    } finally {
      if (underWay.get(name) === own) underWay.delete(name);
    }
  }

  // The token of a demand; asked again and again while the server does not answer.
  async function begun(signal, body) {
    while (!signal.aborted) {
      try {
        const response = await fetch('demandes', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Page': '1' }, body, signal });
        back();
        const said = await response.json().catch(() => ({}));
        return response.ok ? said.jeton : announce(said.message ?? `L'assistant a refusé (${response.status}).`);
      } catch (failure) {
        if (signal.aborted) return null;
        if (!(failure instanceof TypeError)) throw failure; // the network: anything else is a defect of the page
        gone();
        await pause(RETRY_MS);
      }
    }
  }

  // Shows what a demand shows, to its end. False where the server does not know it, as one that was started anew: it is asked again.
  const followed = (signal, token) => new Promise((resolve, reject) => {
    const source = new EventSource(`demandes/${token}`);
    let shown = Promise.resolve();
    const close = (isOver) => { source.close(); shown.then(() => resolve(isOver), reject); };
    const hear = (kind, shows) => source.addEventListener(kind, ({ data }) => { shown = shown.then(() => signal.aborted || shows(JSON.parse(data))); });
    signal.addEventListener('abort', () => close(true));
    source.addEventListener('open', back);
    source.addEventListener('error', () => (source.readyState === EventSource.CLOSED ? close(false) : gone()));
    hear('montre', async ({ valeurs, parties }) => { Object.assign(carried, valeurs); for (const [name, html] of Object.entries(parties)) await show(name, html, signal); });
    hear('fin', ({ echec, ensuite }) => { if (echec) announce(echec, true); for (const [what, ...given] of ensuite) does[what](...given); });
    source.addEventListener('fin', () => close(true));
  });

  // A part that is pressed waits for the release, or the browser clicks on nothing. One that Gradio has not drawn yet is shown what it missed once it is there.
  async function show(name, html, signal) {
    const shown = part(name);
    while (held && shown?.contains(held) && !signal.aborted) await pause(20);
    if (signal.aborted) return;
    shownNow.set(name, html);
    if (shown) put(shown, html);
    const said = shown?.querySelector('[data-latest]')?.dataset;
    if (said) told = { latest: JSON.parse(said.latest), screens: JSON.parse(said.screens) };
  }
  function put(shown, html) {
    if (shown.told === html) return;
    const typing = shown.contains(document.activeElement) ? document.activeElement : null, { id, value, selectionStart, selectionEnd } = typing ?? {};
    shown.innerHTML = shown.told = html;
    const again = id && document.getElementById(id);
    if (again) { // the keyboard stays where it was, with what was typed since
      again.focus({ preventScroll: true });
      if (again.matches('textarea, input[type=text], input[type=search]')) { again.value = value; again.setSelectionRange(selectionStart, selectionEnd); }
    }
    for (const field of shown.querySelectorAll('[data-stays]')) { // what was chosen stays chosen as long as it is there
      const chosen = choices.get(field.name);
      if (field.type === 'checkbox') field.checked = chosen ?? false;
      else if ([...field.options].some((option) => option.value === chosen)) field.value = chosen;
    }
  }

  // ---- what is said of the page itself ----

  function announce(said, isHtml = false) {
    if (!document.getElementById('annonce'))
      document.body.insertAdjacentHTML('beforeend', '<div id="annonce" popover="manual" role="alert"><div></div><button type="button" popovertarget="annonce">Fermer</button></div>');
    const box = document.getElementById('annonce');
    box.firstChild[isHtml ? 'innerHTML' : 'textContent'] = said;
    box.showPopover();
  }
  const GONE = "L'assistant ne répond plus : il a été arrêté, ou la machine est injoignable. Cette page garde ce que vous avez tapé et le retrouvera d'elle-même.";
  let isGone = false;
  function gone() { if (!isGone) announce(GONE); isGone = true; }
  function back() { if (isGone) announce("L'assistant est de retour."); isGone = false; }

  // ---- forms ----

  function values(form) {
    const read = {};
    for (const field of form?.elements ?? [])
      if (field.name) read[field.name] = field.type === 'checkbox' ? (field.checked ? '1' : '') : field.type === 'radio' ? (field.checked ? field.value : read[field.name] ?? '') : field.value;
    return read;
  }
  // A button, or a form, may speak for the form of another part: what was typed there is taken along, and nothing that it asked before counts any more.
  const beside = (speaker) => (speaker.dataset.form ? part(speaker.dataset.form)?.querySelector('form') : null);
  const stop = (form) => { clearTimeout(timers.get(form)); timers.delete(form); };

  // A draft waits in its tab until the server says that it is kept: what was typed while it did not answer is sent when the page is loaded again.
  const remember = (form) => form?.elements.projet && sessionStorage.setItem('projet', JSON.stringify(values(form)));
  function kept() {
    const form = part('formulaire')?.querySelector('form'), mark = document.querySelector('#etat-du-projet [data-garde]'), faults = JSON.parse(mark?.dataset.fautes ?? '{}');
    if (!form) return sessionStorage.removeItem('projet');
    for (const place of form.querySelectorAll('[data-faute]'))
      form.elements[place.dataset.faute].setAttribute('aria-invalid', (place.textContent = faults[place.dataset.faute] ?? '') !== '');
    if (mark?.dataset.garde && +mark.dataset.rang === rank && !timers.get(form)) sessionStorage.setItem('projet', JSON.stringify({ projet: mark.dataset.garde }));
  }

  // What a form says is asked for once: the click that sends it has first left its field, which asks too.
  function demand(form, event) {
    const other = beside(form);
    for (const taken of [form, other]) stop(taken);
    const data = { ...values(other), ...values(form), ...form.dataset }, what = JSON.stringify([event, data]), now = Date.now(), before = demanded.get(form);
    if (before?.what === what && now - before.when < ONCE_MS) return;
    demanded.set(form, { what, when: now });
    ask(partOf(form), event, { ...data, rang: ++rank });
  }

  // Whether what a form comes after is still being made: what was typed stays, and why is said.
  function isAfter(form) {
    if (!form.dataset.after) return false;
    const busy = part(form.dataset.after).querySelector('[data-event=arreter]') !== null;
    form.querySelector('.attente').textContent = busy ? 'Attendez la fin de la réponse, ou arrêtez-la.' : '';
    return busy;
  }

  function changed({ target, type }) {
    target.setCustomValidity?.('');
    if (target.matches('[data-stays]')) choices.set(target.name, target.type === 'checkbox' ? target.checked : target.value);
    if (target.matches('[name=agrandie]')) reveal(target.closest('.source-ouverte'));
    if (target.matches('[data-kept]')) sessionStorage.setItem(target.id, target.value);
    remember(target.form);
    if (target.type === 'file') return void (type === 'change' && target.dataset.deposit && deposit(target, chosen(target.files)));
    const form = target.closest('[data-part] form[data-changes]');
    if (!form || (type === 'input' && target.pattern)) return; // half a date is none
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => demand(form, form.dataset.changes), type === 'input' ? TYPING_MS : 0));
    if (type === 'change' && target.hasAttribute('data-reset')) setTimeout(() => { target.value = ''; }, 50);
  }

  function pressed(click) {
    const skip = click.target.closest('[data-skip]'), tab = click.target.closest(TABS), button = click.target.closest('[data-part] [data-event]');
    if (skip) { click.preventDefault(); return skipTo(); }
    if (tab) for (const [id, title] of Object.entries(told.screens)) if (tab.textContent.trim() === title && told.latest.includes(`${id}/onglet`)) ask(id, 'onglet');
    if (!button || button.tagName === 'FORM' || (button.dataset.confirm && !window.confirm(button.dataset.confirm))) return;
    click.preventDefault();
    if (button.dataset.opens) opener = button;
    const form = beside(button) ?? button.closest('form');
    stop(form);
    ask(partOf(button), button.dataset.event, { ...values(form), ...button.dataset, rang: ++rank });
  }

  function sent(submit) {
    const form = submit.target;
    if (!form.dataset.event || !partOf(form)) return;
    submit.preventDefault();
    if (isAfter(form)) return;
    demand(form, form.dataset.event);
    for (const name of form.dataset.clears?.split(' ') ?? []) { form.elements[name].value = ''; sessionStorage.removeItem(form.elements[name].id); }
  }

  // ---- files ----

  const send = (file, path, onProgress) => new Promise((resolve) => { // `fetch` does not say how much of a file is sent
    const request = new XMLHttpRequest(), lost = (why) => resolve({ message: `« ${file.name} » n'a pas été reçu${why}` });
    request.open('POST', `depot?nom=${encodeURIComponent(path)}`);
    request.setRequestHeader('X-Depot', '1');
    request.responseType = 'json';
    request.upload.onprogress = (sent) => onProgress(sent.loaded);
    request.onload = () => (request.response ? resolve(request.response) : lost(` (${request.status}).`));
    request.onerror = () => lost(" : l'assistant ne répond plus.");
    request.send(file);
  });

  // Files as they are sent: each with its path within the folder that holds it. What is dropped may be folders: what they hold is sent, as if chosen.
  const chosen = (files) => [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean), found = [];
    if (!entries.some((entry) => entry.isDirectory)) return chosen(transfer.files);
    const walk = async (entry) => {
      if (entry.isFile) return void found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path: entry.fullPath.slice(1) });
      const reader = entry.createReader();
      for (let some; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length; ) for (const one of some) await walk(one);
    };
    for (const entry of entries) await walk(entry);
    return found;
  }

  async function deposit(input, files) {
    if (!files.length) return;
    const status = input.closest('.depot').querySelector('[role=status]'), total = files.reduce((sum, { file }) => sum + file.size, 0) || 1, tokens = [], refused = [];
    let before = 0;
    input.disabled = true;
    for (const [index, { file, path }] of files.entries()) {
      const far = (sent) => { status.textContent = `Envoi du fichier ${index + 1} sur ${files.length} : ${Math.min(100, Math.round((100 * (before + sent)) / total))} %`; };
      far(0);
      const answer = await send(file, path, far);
      before += file.size;
      if (answer.jeton) tokens.push(answer.jeton); else refused.push(answer.message || `« ${file.name} » a été refusé.`);
    }
    input.disabled = false;
    input.value = status.textContent = ''; // the server says what it received
    ask(partOf(input), input.dataset.deposit, { ...values(input.closest('form')), jetons: tokens, refus: refused });
  }

  // ---- where one looks ----

  function skipTo() { // where one writes a question, else the first title of the open screen
    const target = [...document.querySelectorAll('#question'), ...document.querySelectorAll('[role=tabpanel] h2')].find((one) => one.checkVisibility());
    if (target?.tagName === 'H2') target.tabIndex = -1;
    target?.focus();
  }
  // Brings the words that are marked to the middle of what scrolls around them: the page itself stays where it is.
  function reveal(opened) {
    const marked = opened.querySelector('.surligne, .surligne-texte');
    marked?.closest('.loupe, .extrait')?.scrollIntoView({ block: 'nearest', container: 'nearest' });
    marked?.scrollIntoView({ block: 'center', inline: 'center', container: 'nearest' });
  }

  // What the server may ask for once all is shown.
  const does = {
    focusOn: (id) => requestAnimationFrame(() => { // what was just opened takes the keyboard; its « Revenir » button gives it back
      const opened = part(id).querySelector('[tabindex="-1"]');
      if (!opened) return;
      opened.focus({ preventScroll: true });
      opened.scrollIntoView({ block: opened.offsetHeight > innerHeight ? 'start' : 'nearest' });
      reveal(opened);
    }),
    giveBack: () => { opener?.focus(); opener?.scrollIntoView({ block: 'center' }); },
    showLast: (selector) => requestAnimationFrame(() => { // the last of several, at the top of what scrolls around it: the page itself stays where it is
      const last = [...document.querySelectorAll(selector)].at(-1), around = last?.closest('.defilant');
      last?.scrollIntoView(around?.scrollHeight > around?.clientHeight ? { block: 'start', container: 'nearest' } : { block: 'nearest' });
    }),
    kept,
    taken: () => { kept(); does.choose('redaction'); },
    save: (id) => part(id).querySelector('a[download]')?.click(),
    copy: (id) => { // a page that comes from another machine without TLS may not copy: what it would is shown, chosen
      const given = part(id).querySelector('textarea');
      if (navigator.clipboard) navigator.clipboard.writeText(given.value);
      else { given.hidden = false; given.select(); }
    },
    choose: (screen) => [...document.querySelectorAll(TABS)].find((tab) => tab.textContent.trim() === told.screens[screen])?.click(),
  };

  const on = (kinds, listener, ...options) => { for (const kind of kinds.split(' ')) document.addEventListener(kind, listener, ...options); };
  on('invalid', ({ target }) => { // a browser says in its own language what is missing, and what a field wants (`data-fault`)
    if (!target.validity.customError) target.setCustomValidity(target.validity.valueMissing ? 'Remplissez ce champ.' : `« ${target.value.trim()} » ${target.dataset.fault}`);
  }, true);
  on('input change', changed);
  on('click', pressed);
  on('submit', sent);
  on('pointerdown', ({ target }) => { held = target.closest('[data-event]'); });
  on('pointerup pointercancel', ({ target }) => {
    const under = target.closest?.('[data-event]');
    if (held && !held.isConnected && under?.dataset.event === held.dataset.event) under.click(); // drawn anew by somebody else than `show`
    setTimeout(() => { held = null; }); // the click comes first
  });
  on('keydown', (key) => {
    if (key.key !== 'Enter' || key.shiftKey || key.isComposing || !key.target.matches('textarea[data-enter]')) return;
    key.preventDefault();
    key.target.form.requestSubmit();
  });
  on('dragover', (drag) => { if (drag.target.closest('[data-drop]')) drag.preventDefault(); });
  on('drop', (drop) => {
    const zone = drop.target.closest('[data-drop]');
    if (!zone) return;
    drop.preventDefault();
    dropped(drop.dataTransfer).then((files) => deposit(zone.querySelector('input[type=file]'), files));
  });

  // Gradio draws the parts of a screen when it likes, says its own language, and puts the tabs that do not fit in a menu that it names in English.
  let isOpen = false;
  new MutationObserver(() => {
    if (document.documentElement.lang !== 'fr') document.documentElement.lang = 'fr';
    for (const menu of document.querySelectorAll('[aria-label="More tabs"]')) menu.setAttribute('aria-label', 'Autres écrans');
    const without = document.querySelector('[data-without]')?.dataset.without.split(', ') ?? [];
    for (const entry of without.length ? document.querySelectorAll('.overflow-dropdown button') : []) entry.hidden = without.includes(entry.textContent.trim());
    for (const [name, html] of shownNow) { const shown = part(name); if (shown) put(shown, html); }
    for (const field of document.querySelectorAll('[data-kept]:not([data-restored])')) { // what was typed and not sent, before the page was loaded again
      field.dataset.restored = '';
      field.value ||= sessionStorage.getItem(field.id) ?? '';
    }
    if (isOpen || !part('titre')) return;
    isOpen = true;
    ask('', 'ouverture', { projet: sessionStorage.getItem('projet') ?? '' }).then(() => document.documentElement.setAttribute('data-ready', ''));
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['lang'] });
})();
