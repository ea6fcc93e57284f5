/**
 * The agent's window: it speaks with the page that opened it, shows who asks for what, and takes the PIN.
 *
 * @packageDocumentation
 */

export const popupPage = `<!doctype html>
<html lang="zh-Hant-TW">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>卡片簽章 Card signature</title>
<link rel="stylesheet" href="/agent/style.css">
<script src="/agent/popup.js" defer></script>
</head>
<body>
<main>
<p id="state" role="status">等待網站的要求… <span lang="en">Waiting for the site…</span></p>
<form id="form" hidden autocomplete="off" aria-labelledby="title">
<h1 id="title">以卡片簽章<span lang="en">Sign with your card</span></h1>
<dl>
<dt>網站<span lang="en">Site</span></dt>
<dd><span id="site"></span><span id="origin"></span></dd>
<dt>用途<span lang="en">Purpose</span></dt>
<dd id="purpose"></dd>
</dl>
<h2 id="content-title">將簽署的內容<span lang="en">What will be signed</span></h2>
<div class="content" tabindex="0" role="region" aria-labelledby="content-title">
<table id="members" hidden><tbody></tbody></table>
<pre id="text"></pre>
</div>
<details id="whole" hidden>
<summary>顯示原文<span lang="en"> Show the exact text</span></summary>
<div class="content" tabindex="0" role="region" aria-label="原文 Exact text"><pre id="exact"></pre></div>
</details>
<div class="field">
<label for="card">卡片<span lang="en">Card</span></label>
<select id="card"></select>
</div>
<div class="field">
<label for="pin">PIN 碼<span lang="en">PIN</span></label>
<input id="pin" type="password" maxlength="16" required autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="notice hint">
<p id="hint">PIN 碼只送到卡片,網站不會得知。<span lang="en">The PIN goes to the card alone; the site never learns it.</span></p>
</div>
<div id="notice" role="alert"></div>
<div id="last" class="tick" hidden>
<input id="last-try" type="checkbox">
<label for="last-try">我知道這是最後一次機會,再錯即鎖卡。<span lang="en">I know that this is the last try before the card locks.</span></label>
</div>
<div class="buttons">
<button id="sign" type="submit">簽章 <span lang="en">Sign</span></button>
<button id="cancel" type="button">取消 <span lang="en">Cancel</span></button>
</div>
</form>
</main>
</body>
</html>
`;

// Written for browsers of some years ago; everything from outside is put in as text.
export const popupScript = `'use strict';
(() => {
  const find = (id) => document.getElementById(id);
  const [state, form, pin, card, last, lastTry] =
    ['state', 'form', 'pin', 'card', 'last', 'last-try'].map(find);
  const page = window.opener;
  // The page that asked, once it has: answers go to this origin and to no other.
  let asking;
  let ask;
  let busy = false;

  const say = (zh, en) => {
    const english = document.createElement('span');
    english.lang = 'en';
    english.textContent = en;
    state.replaceChildren(zh + ' ', english);
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

  const line = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };

  const showContent = ({ text, members, purpose }) => {
    find('purpose').textContent = purpose === undefined ? '網站未說明 (not stated)' : purpose;
    const rows = members.map(([name, value]) => {
      const row = document.createElement('tr');
      const head = line('th', name);
      head.scope = 'row';
      row.append(head, line('td', value));
      return row;
    });
    find('members').tBodies[0].replaceChildren(...rows);
    find('members').hidden = rows.length === 0;
    find('text').textContent = rows.length === 0 ? text : '';
    find('exact').textContent = text;
    find('whole').hidden = rows.length === 0;
  };

  const showCards = (choices) => {
    const before = card.value;
    card.replaceChildren(
      ...choices.map(({ slotDescription, cardNumber, holder }) => {
        const option = line('option', [holder, cardNumber, slotDescription].filter(Boolean).join(' · '));
        option.value = slotDescription;
        return option;
      }),
    );
    if (choices.some(({ slotDescription }) => slotDescription === before)) card.value = before;
  };

  const showNotice = (notice) => {
    const place = find('notice');
    place.className = notice === undefined ? '' : 'alarm';
    last.hidden = !(notice && notice.lastTry);
    lastTry.required = !last.hidden;
    lastTry.checked = false;
    if (notice === undefined) {
      place.replaceChildren();
      return;
    }
    const sentence = document.createElement('p');
    const english = line('span', notice.text.en);
    english.lang = 'en';
    sentence.append(notice.text.zh, english);
    place.replaceChildren(sentence);
  };

  const setBusy = (now) => {
    busy = now;
    for (const element of form.elements) element.disabled = now;
    form.setAttribute('aria-busy', String(now));
  };

  const show = (answer) => {
    ask = answer.ask;
    find('site').textContent = answer.site;
    find('origin').textContent = answer.origin;
    showContent(answer.content);
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
    setBusy(true);
    post('/agent/pin', fields).then(take).catch(() => failed('sign'));
  });

  const cancel = () => {
    if (busy || ask === undefined) return;
    setBusy(true);
    post('/agent/cancel', { ask }).then(finish).catch(() => failed('sign'));
  };
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

  if (page === null) say('此視窗由網站開啟,請勿自行開啟。', 'This window is opened by sites.');
  // To whoever opened it, since who that is becomes known by its answer only; it says nothing.
  else page.postMessage('{"func":"getTbs"}', '*');
})();
`;
