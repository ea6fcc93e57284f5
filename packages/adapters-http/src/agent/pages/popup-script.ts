/**
 * What the agent's window does: it speaks with the page that opened it, and never puts what comes from there in as HTML.
 *
 * @packageDocumentation
 */

// Written for browsers of some years ago; everything from outside is put in as text.
const script = `'use strict';
(() => {
  const find = (id) => document.getElementById(id);
  const [state, form, pin, card, last, lastTry, working] =
    ['state', 'form', 'pin', 'card', 'last', 'last-try', 'working'].map(find);
  const page = window.opener;
  // The page that asked, once it has: answers go to this origin and to no other.
  let asking;
  let ask;
  let busy = false;

  const line = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };

  const inEnglish = (text) => {
    const element = line('span', text);
    element.lang = 'en';
    return element;
  };

  const say = (zh, en) => {
    state.replaceChildren(zh, inEnglish(en));
    state.hidden = false;
  };

  const post = async (path, fields) => {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      credentials: 'omit',
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  };

  const finish = (text) => {
    ask = undefined;
    page.postMessage(text, asking);
    window.close();
  };

  const failed = (func) => finish(JSON.stringify({ func, ret_code: 0x7600000d, last_error: 0 }));

  // Members of the register's own challenges; a site that calls them otherwise has them shown as it does.
  const memberNames = new Map([
    ['agencyCode', '機關代號'],
    ['confirmation', '確認編號'],
    ['expiresAt', '有效期限'],
    ['nonce', '一次性隨機碼'],
    ['origin', '網站位址'],
    ['person', '人員代碼'],
    ['portal', '入口網站'],
    ['purpose', '用途'],
    ['step', '步驟'],
    ['type', '格式'],
  ]);

  const memberHead = (name) => {
    const chinese = memberNames.get(name);
    const head = line('th', chinese === undefined ? name : chinese);
    head.scope = 'row';
    if (chinese !== undefined) head.append(inEnglish(name));
    return head;
  };

  // The site's own name for it, before the word that is signed.
  const showName = (named) => {
    const place = find('purpose-name');
    place.hidden = named === undefined;
    if (named === undefined) place.replaceChildren();
    else place.replaceChildren(named.zh, inEnglish(named.en));
  };

  const showContent = ({ text, members, purpose }) => {
    if (purpose === undefined) find('purpose').replaceChildren('網站未說明', inEnglish('not stated'));
    else find('purpose').textContent = purpose;
    const rows = members.map(([name, value]) => {
      const row = document.createElement('tr');
      row.append(memberHead(name), line('td', value));
      return row;
    });
    find('members').tBodies[0].replaceChildren(...rows);
    find('members').hidden = rows.length === 0;
    find('text').textContent = rows.length === 0 ? text : '';
    find('exact').textContent = text;
    find('whole').hidden = rows.length === 0;
  };

  const showReader = () => find('reader').replaceChildren('讀卡機：', line('bdi', card.value));

  const showCards = (choices) => {
    const before = card.value;
    card.replaceChildren(
      ...choices.map(({ slotDescription, cardNumber, holder }) => {
        const named = [holder, cardNumber, choices.length > 1 ? slotDescription : ''].filter(Boolean);
        const option = line('option', named.join(' · ') || slotDescription);
        option.value = slotDescription;
        return option;
      }),
    );
    if (choices.some(({ slotDescription }) => slotDescription === before)) card.value = before;
    showReader();
  };

  const showNotice = (notice) => {
    const place = find('notice');
    place.className = notice === undefined ? '' : 'alarm';
    pin.setAttribute('aria-invalid', String(notice !== undefined));
    last.hidden = !(notice && notice.lastTry);
    lastTry.required = !last.hidden;
    lastTry.checked = false;
    if (notice === undefined) {
      place.replaceChildren();
      return;
    }
    const sentence = line('p', notice.text.zh);
    sentence.append(inEnglish(notice.text.en));
    place.replaceChildren(sentence);
  };

  const setBusy = (now) => {
    busy = now;
    for (const element of form.elements) element.disabled = now;
    form.setAttribute('aria-busy', String(now));
    if (now) working.replaceChildren('卡片作業中，請勿取出卡片…', inEnglish('The card is at work; leave it in the reader…'));
    else working.replaceChildren();
  };

  const show = (answer) => {
    ask = answer.ask;
    find('site').textContent = answer.site;
    find('origin').textContent = answer.origin;
    showContent(answer.content);
    showName(answer.purposeName);
    showCards(answer.choices);
    showNotice(answer.notice);
    state.hidden = true;
    form.hidden = false;
    setBusy(false);
    pin.value = '';
    pin.focus();
  };

  const take = (text) => {
    const answer = JSON.parse(text);
    if (answer.func === 'askPin') show(answer);
    else finish(text);
  };

  const addresses = new Map([
    ['CheckEnvir', '/pkcs11info'],
    ['GetUserCert', '/pkcs11info?withcert=true'],
  ]);

  const funcOf = (text) => {
    try {
      return JSON.parse(text).func;
    } catch {
      return undefined;
    }
  };

  window.addEventListener('message', (event) => {
    if (asking !== undefined || event.source !== page || typeof event.data !== 'string') return;
    // A page without an origin of its own cannot be answered to, or trusted.
    if (event.origin === 'null' || event.origin === '') return;
    asking = event.origin;
    const address = addresses.get(funcOf(event.data)) || '/sign';
    say('讀取卡片中…', 'Reading the card…');
    post(address, { tbsPackage: event.data, askingOrigin: asking }).then(take).catch(() => failed('sign'));
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy || ask === undefined) return;
    const fields = {
      ask,
      pin: pin.value,
      slotDescription: card.value,
      allowLastTry: String(!last.hidden && lastTry.checked),
    };
    pin.value = '';
    // What was said of the PIN before is not said of this one.
    showNotice(undefined);
    setBusy(true);
    post('/agent/pin', fields).then(take).catch(() => failed('sign'));
  });

  const cancel = () => {
    if (busy || ask === undefined) return;
    busy = true;
    post('/agent/cancel', { ask }).then(finish).catch(() => failed('sign'));
  };
  card.addEventListener('change', () => {
    showReader();
    // What was said of one card is not said of another, least of all that its last try may be used.
    showNotice(undefined);
  });
  find('cancel').addEventListener('click', cancel);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') cancel();
  });

  // The window was closed, not cancelled: nothing is to wait for it.
  window.addEventListener('pagehide', () => {
    if (ask === undefined || busy) return;
    const body = new URLSearchParams({ ask });
    // Not sendBeacon, which hides from us that it is our own page.
    fetch('/agent/cancel', { method: 'POST', body, keepalive: true }).catch(() => {});
  });

  if (page === null) say('此視窗由網站在需要簽章時開啟，請由網站進入。', 'A site opens this window when it needs a signature.');
  // To whoever opened it, since who that is becomes known by its answer only; it says nothing but who asks for the PIN.
  else page.postMessage('{"func":"getTbs","asksPin":ASKS_PIN}', '*');
})();
`;

/** `asksPin`: whether the window says that a page need not bring a PIN. */
export const popupScript = (asksPin: boolean): string => script.replace('ASKS_PIN', String(asksPin));
