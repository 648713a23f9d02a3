// The page's own hands: what a screen's HTML asks for goes to Python, and what Python shows of it comes back. No other address than the server's own is read or
// written. A part of a screen is an element of class `partie`; its buttons, forms and files name what they ask for (`data-event`, `data-changes`, `data-deposit`).
{
  // The tab's memory outlives F5: what was typed, texts that the server told (`valeurs`), streams that are read (`lus`), the open screen (`ecran`), and the page's name, written only as
  // the page goes: a tab opened from this one has another. A page that comes from another machine without TLS is given no UUID.
  const held = (name) => JSON.parse(sessionStorage[name] ?? 'null'), hold = (name, value) => { sessionStorage[name] = JSON.stringify(value); };
  const PAGE = held('page') ?? crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now();
  const RETRY_MS = 1000, TYPING_MS = 450, underWay = new Map(), shownNow = new Map(), timers = new Map();
  let carried = held('valeurs') ?? {}, rank = 0, opener = null, pressing = null, isOpen = false, isGone = false;
  const part = (id) => document.querySelector(`.partie#${id}`);
  const drawn = (id) => part(id) ?? document.createRange().createContextualFragment(shownNow.get(id) ?? ''); // or what will be, once its screen is opened
  const partOf = (element) => element.closest('.partie').id;

  // ---- demands: each has a stream of its own, taken up where it was lost; none under way is made twice, unless the later one `replaces` it ----
  async function ask(from, event, data, replaces = false, token = '') { // `token`: of what was under way as the page was loaded again; given up, it is not asked again
    const name = `${from}/${event}`, own = new AbortController(), { signal } = own;
    if (underWay.has(name) && !replaces) return;
    underWay.get(name)?.abort();
    if (!token) underWay.set(name, own);
    const body = JSON.stringify({ page: PAGE, partie: from, evenement: event, donnees: data, valeurs: carried });
    if (token) await followed(name, own, token);
    while (!token && !signal.aborted) { // asked again and again while the server does not answer
      const response = await fetch('demandes', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Page': '1' }, body, signal }).catch(() => null);
      const said = await response?.json().catch(() => ({}));
      if (signal.aborted) return;
      said?.arretees?.forEach((stopped) => underWay.get(stopped)?.abort()); // what they show may be on its way
      reached(response !== null);
      if (!response) await new Promise((again) => setTimeout(again, RETRY_MS));
      else if (!response.ok) { announce(said.message ?? `L'assistant a refusé (${response.status}).`); break; }
      else if (!said.jeton || (await followed(name, own, said.jeton))) break;
    }
    if (underWay.get(name) === own) underWay.delete(name);
  }

  // Shows what a demand shows, to its end. False where the server does not know it, as one that was started anew: it is asked again.
  const followed = (name, own, token) => new Promise((resolve) => {
    const source = new EventSource(`demandes/${token}`), reads = (now) => hold('lus', { ...held('lus'), [name]: now });
    const close = (isOver) => { source.close(); if (isOver) reads(); resolve(isOver); }; // one that breaks as the page goes is read on by the next page
    own.signal.addEventListener('abort', () => close(true));
    source.addEventListener('open', () => { underWay.set(name, own); reads(token); reached(true); });
    source.addEventListener('error', () => (source.readyState === EventSource.CLOSED ? close(false) : reached(false)));
    source.addEventListener('montre', ({ data }) => {
      const { valeurs, parties } = JSON.parse(data);
      if (carried.compte && valeurs.compte && valeurs.compte !== carried.compte) { sessionStorage.clear(); carried = {}; } // another person has signed in
      hold('valeurs', Object.assign(carried, valeurs));
      for (const [name, html] of Object.entries(parties)) { shownNow.set(name, html); show(name, html); }
    });
    source.addEventListener('fin', ({ data }) => {
      const { echec, ensuite } = JSON.parse(data);
      close(true);
      if (echec) announce(echec, 'innerHTML');
      for (const [what, ...given] of ensuite) does[what](...given);
    });
  });

  // A part that Gradio has not drawn yet is shown once it is there. The keyboard stays where it was, with what was typed since.
  function show(name, html) {
    const shown = part(name), { id, value, selectionStart, selectionEnd } = shown?.contains(document.activeElement) ? document.activeElement : {};
    if (!shown || shown.told === html) return;
    shown.innerHTML = shown.told = html;
    const found = [...shown.querySelectorAll('[data-kept]')].filter((field) => keyOf(field) in sessionStorage);
    for (const field of found) field[valueOf(field)] = held(keyOf(field));
    for (const field of found) if (field.selectedIndex === -1) field.selectedIndex = 0; // what was chosen is not there any more
    const again = id ? document.getElementById(id) : null;
    again?.focus({ preventScroll: true });
    if (again?.matches('textarea, input[type=text], input[type=search]')) { again.value = value; again.setSelectionRange(selectionStart, selectionEnd); }
    for (const { dataset } of shown.querySelectorAll('[data-taken]')) Object.entries(JSON.parse(dataset.taken)).forEach(forget);
    if (found[0]?.form?.dataset.changes) demand(found[0].form, found[0].form.dataset.changes); // a search is made again with the words that were found
  }
  function forget([id, taken]) { // what the server has taken, unless something else was typed there since
    if (held(id)?.trim().replace(/\s+/g, ' ') === taken && delete sessionStorage[id]) Object.assign(document.getElementById(id) ?? {}, { value: '' });
  }

  // ---- what is said of the page itself, in a box that the server draws ----
  const box = () => document.getElementById('annonce');
  const announce = (said, how = 'textContent') => { box().showPopover(); box().firstChild[how] = said; };
  const reached = (now) => { if (now === isGone) announce(box().dataset[now ? 'retour' : 'parti']); isGone = !now; };

  const keyOf = (field) => field.id || field.name, valueOf = (field) => (field.type === 'checkbox' ? 'checked' : 'value'); // in the tab's memory
  const values = (form) => (form ? Object.fromEntries(new FormData(form)) : {});
  // A button, or a form, may speak for the form of another part: what was typed there is taken along, and nothing that it asked before counts any more.
  function said(speaker) {
    const forms = [part(speaker.dataset.form)?.querySelector('form'), speaker.form ?? speaker.closest('form')];
    forms.forEach(stop);
    return { ...values(forms[0]), ...values(forms[1]), ...speaker.dataset, rang: ++rank };
  }
  const stop = (form) => { clearTimeout(timers.get(form)); timers.delete(form); };
  const demand = (form, event) => form.isConnected && ask(partOf(form), event, said(form), 'changes' in form.dataset); // a form that was replaced meanwhile asks nothing

  // A draft waits in its tab until the server says that it is kept: what was typed while it did not answer is sent when the page is loaded again.
  function kept() {
    const form = drawn('formulaire').querySelector('form'), mark = drawn('etat-du-projet').querySelector('[data-garde]'), faults = JSON.parse(mark?.dataset.fautes ?? '{}');
    if (!form) return sessionStorage.removeItem('projet');
    for (const place of form.querySelectorAll('[data-faute]'))
      form.elements[place.dataset.faute].setAttribute('aria-invalid', (place.textContent = faults[place.dataset.faute] ?? '') !== '');
    if (mark?.dataset.garde && +mark.dataset.rang === rank && !timers.has(form)) sessionStorage.projet = JSON.stringify({ projet: mark.dataset.garde });
  }

  function changed({ target, type }) {
    const { form, dataset } = target;
    target.setCustomValidity?.('');
    if ('kept' in dataset) hold(keyOf(target), target[valueOf(target)]);
    if (target.name === 'agrandie') reveal(target.closest('.source-ouverte'));
    if (form?.elements.projet) sessionStorage.projet = JSON.stringify(values(form));
    if (type === (target.pattern || dataset.deposit ? 'input' : 'change')) return; // half a date is none
    if (dataset.deposit) return deposit(target);
    if (!form?.dataset.changes) return;
    stop(form);
    timers.set(form, setTimeout(demand, target.matches('textarea, [type=text], [type=search]') ? TYPING_MS : 0, form, form.dataset.changes));
  }

  function pressed(click) {
    const { target } = click, tab = target.closest('[role=tab]'), button = target.closest('[data-event]');
    if (target.closest('.evitement')) { click.preventDefault(); skip(); }
    if (tab) { hold('ecran', tab.dataset.tabId); return ask(tab.dataset.tabId, 'onglet', {}, true); }
    if (!button || button.tagName === 'FORM' || (button.dataset.confirm && !confirm(button.dataset.confirm))) return;
    if (button.dataset.opens) opener = button;
    ask(partOf(button), button.dataset.event, said(button));
  }

  function sent(submit) {
    const form = submit.target, { event, after } = form.dataset;
    if (!form.closest('.partie') || form.method === 'post') return;
    submit.preventDefault();
    if (event && !(after && document.querySelector(after))) demand(form, event); // not while what it comes after is being made
  }

  async function deposit(input) {
    const files = [...input.files], status = input.closest('.depot').querySelector('[role=status]'), jetons = [], refus = [];
    input.disabled = true;
    for (const [place, file] of files.entries()) {
      status.textContent = `Envoi du fichier ${place + 1} sur ${files.length} : ${file.name}`;
      const sends = { method: 'POST', headers: { 'X-Depot': '1' }, body: file }, lost = () => ({ message: `« ${file.name} » n'a pas été reçu.` });
      const said = await fetch(`depot?nom=${encodeURIComponent(file.webkitRelativePath || file.name)}`, sends).then((answer) => answer.json()).catch(lost);
      if (said.jeton) jetons.push(said.jeton); else refus.push(said.message);
    }
    input.disabled = false;
    input.value = status.textContent = ''; // the server says what it received
    if (files.length) ask(partOf(input), input.dataset.deposit, { ...values(input.form), jetons, refus });
  }

  // To where one writes a question, else to the first title of the open screen.
  function skip() {
    const first = [...document.querySelectorAll('#question, [role=tabpanel]:not(:has(#question)) h2')].find((one) => one.checkVisibility());
    Object.assign(first, { tabIndex: first.id === 'question' ? 0 : -1 }).focus();
  }
  // Brings the words that are marked to the middle of what scrolls around them: the page itself stays where it is.
  function reveal(opened) {
    const marked = opened.querySelector('.surligne, .surligne-texte');
    marked?.closest('.loupe, .extrait')?.scrollIntoView({ block: 'nearest', container: 'nearest' });
    marked?.scrollIntoView({ block: 'center', inline: 'center', container: 'nearest' });
  }

  // What the server may ask for once all is shown.
  const does = {
    focusOn: (id) => { // what was just opened takes the keyboard; its « Revenir » button gives it back
      const opened = part(id).querySelector('[tabindex="-1"]') ?? part(id);
      opened.focus({ preventScroll: true });
      opened.scrollIntoView({ block: opened.offsetHeight > innerHeight ? 'start' : 'nearest' });
      reveal(opened);
    },
    giveBack: () => { opener?.focus(); opener?.scrollIntoView({ block: 'center' }); },
    showLast: (selector) => [...document.querySelectorAll(selector)].at(-1)?.scrollIntoView({ block: 'start', container: 'nearest' }),
    kept,
    // What was under way before F5 is read on.
    readOn: (before = held('lus') ?? {}) => { hold('lus', {}); for (const name in before) ask(...name.split('/'), {}, false, before[name]); },
    copy: (id) => { // a page that comes from another machine without TLS may not copy: what it would is shown, chosen
      const given = part(id).querySelector('textarea');
      given.hidden = Boolean(navigator.clipboard?.writeText(given.value));
      given.select();
    },
    press: (selector) => document.querySelector(selector)?.click(), // a link that saves a file; the tab of another screen
  };

  const on = document.addEventListener.bind(document);
  on('invalid', ({ target }) => { // a browser says in its own language what is missing, and what a field wants (`data-fault`)
    if (!target.validity.customError) target.setCustomValidity(target.validity.valueMissing ? 'Remplissez ce champ.' : `« ${target.value.trim()} » ${target.dataset.fault}`);
  }, true);
  on('input', changed); on('change', changed);
  on('click', pressed); on('submit', sent);
  addEventListener('pagehide', () => hold('page', PAGE)); addEventListener('pageshow', () => delete sessionStorage.page);
  on('pointerdown', ({ target }) => { pressing = target.closest('[data-event]'); });
  on('pointerup', ({ target }) => { // a button that was drawn anew under the finger is pressed: the browser would click on nothing
    if (pressing?.isConnected === false && target.closest('[data-event]')?.outerHTML === pressing.outerHTML) target.click();
  });
  on('keydown', (key) => {
    if (key.key !== 'Enter' || key.shiftKey || key.isComposing || !key.target.matches('textarea[data-enter]')) return;
    key.preventDefault();
    key.target.form.requestSubmit();
  });

  // Gradio's clock of how long the page takes to open goes on once it is open: sixty times a second, for a number that nobody sees.
  const inFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => (isOpen && /performance\.now\(\) *-/.test(draw) ? 0 : inFrame(draw));

  // Gradio draws the places of a screen when it is first opened, and says the browser's language.
  new MutationObserver(() => {
    for (const [name, html] of shownNow) show(name, html);
    if (isOpen || !part('titre')) return;
    isOpen = true;
    document.documentElement.lang = 'fr';
    ask('', 'ouverture', { projet: sessionStorage.projet ?? '' }).then(() => { does.press(`[role=tab][data-tab-id="${held('ecran')}"]`); document.documentElement.setAttribute('data-ready', ''); });
  }).observe(document, { childList: true, subtree: true });
}
