/**
 * The self test: whether the agent runs, and which readers and cards it sees. It asks for no PIN.
 *
 * @packageDocumentation
 */

import { retCodes } from '../../hipki/codes.js';
import { agentHeader } from './header.js';

export const selfTestPage = `<!doctype html>
<html lang="zh-Hant-TW">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>讀卡元件自我檢測 Self test</title>
<link rel="stylesheet" href="/agent/style.css">
<script src="/agent/self-test.js" defer></script>
</head>
<body>
${agentHeader}
<main>
<h1>讀卡元件自我檢測<span lang="en">Self test of the card agent</span></h1>
<p id="state" class="calm" role="status">檢測中…<span lang="en">Looking…</span></p>
<table id="slots" hidden>
<thead><tr><th scope="col">讀卡機<span lang="en">Reader</span></th><th scope="col">卡片<span lang="en">Card</span></th></tr></thead>
<tbody></tbody>
</table>
<div class="buttons"><button id="again" type="submit">重新檢測<span lang="en">Look again</span></button></div>
</main>
</body>
</html>
`;

export const selfTestScript = `'use strict';
(() => {
  const find = (id) => document.getElementById(id);
  const inEnglish = (text) => {
    const element = document.createElement('span');
    element.lang = 'en';
    element.textContent = text;
    return element;
  };
  const say = (look, zh, en) => {
    find('state').className = look;
    find('state').replaceChildren(zh, inEnglish(en));
  };
  const cell = (...parts) => {
    const element = document.createElement('td');
    element.append(...parts);
    return element;
  };
  const hindrances = new Map([
    [${retCodes.session}, ['其他程式使用中', 'in use by another program']],
    [${retCodes.timedOut}, ['沒有回應', 'no answer']],
    [${retCodes.cardInformation}, ['無法讀取', 'cannot be read']],
  ]);
  const cardText = ({ token, ret_code: code, message = '' }) => {
    if (token === null) return ['無卡片', inEnglish('none')];
    if (typeof token === 'string') {
      const [zh, en] = hindrances.get(code) || ['無法辨識', 'unknown'];
      return [zh, inEnglish(en), ' ' + message];
    }
    const shown = token.serialNumber === '' ? ['可讀取', inEnglish('readable')] : [token.serialNumber];
    if (code !== ${retCodes.unsupported}) return shown;
    const lacks = [
      '（無法簽章：需要 --pin-transport-key 或 --pkcs11）',
      inEnglish('does not sign: it needs --pin-transport-key or --pkcs11'),
    ];
    return [...shown, ...lacks];
  };
  const look = async () => {
    say('calm', '檢測中…', 'Looking…');
    const response = await fetch('/pkcs11info', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ askingOrigin: location.origin }).toString(),
    });
    const answer = await response.json();
    const slots = answer.slots || [];
    find('slots').tBodies[0].replaceChildren(
      ...slots.map((slot) => {
        const row = document.createElement('tr');
        row.append(cell(slot.slotDescription), cell(...cardText(slot)));
        return row;
      }),
    );
    find('slots').hidden = slots.length === 0;
    if (answer.ret_code === 0 && slots.length > 0) say('good', '元件運作正常。', 'The agent works.');
    else {
      say(
        'alarm',
        '元件已啟動，但找不到讀卡機。請接上讀卡機，並確認電腦的智慧卡服務已啟動。',
        'The agent runs, but there is no reader. Connect one, and see that the card service of this computer runs.',
      );
    }
  };
  const start = () => look().catch(() => say('alarm', '元件沒有回應。請確認元件仍在執行。', 'The agent does not answer. Is it still running?'));
  find('again').addEventListener('click', start);
  start();
})();
`;
