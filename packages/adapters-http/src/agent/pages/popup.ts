/**
 * The agent's window: it speaks with the page that opened it, shows who asks for what, and takes the PIN.
 *
 * @packageDocumentation
 */
import { agentHeader } from './header.js';

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
${agentHeader}
<main>
<p id="state" class="calm" role="status">等待網站的要求…<span lang="en">Waiting for the site…</span></p>
<form id="form" hidden autocomplete="off" aria-labelledby="title">
<h1 id="title">以卡片簽章<span lang="en">Sign with your card</span></h1>
<dl>
<dt>網站<span lang="en">Site</span></dt>
<dd><span id="site"></span><span id="origin"></span></dd>
<dt>網站所稱用途<span lang="en">Purpose, as the site says</span></dt>
<dd><span id="purpose-name" hidden></span><span id="purpose"></span></dd>
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
<select id="card" aria-describedby="reader"></select>
<p id="reader" class="hint"></p>
</div>
<div class="field">
<label for="pin">PIN 碼<span lang="en">PIN</span></label>
<input id="pin" type="password" maxlength="16" required autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="notice hint">
<div id="notice" role="alert"></div>
<p id="hint" class="hint">PIN 碼只送到卡片，網站不會得知。<span lang="en">The PIN goes to the card alone; the site never learns it.</span></p>
</div>
<div id="last" class="tick" hidden>
<input id="last-try" type="checkbox">
<label for="last-try">我知道這可能是最後一次機會，再錯可能鎖卡。<span lang="en">I know that this may be the last try before the card locks.</span></label>
</div>
<p id="working" class="calm" role="status"></p>
<div class="buttons">
<button id="sign" type="submit">簽章<span lang="en">Sign</span></button>
<button id="cancel" type="button">取消<span lang="en">Cancel</span></button>
</div>
</form>
</main>
</body>
</html>
`;
