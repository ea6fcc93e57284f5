/** What every page of the agent begins with: whose page it is. */
export const agentHeader = `<header>
<strong>讀卡元件</strong><span lang="en">Card agent</span>
<span class="where">本機程式<span lang="en">on this computer</span></span>
</header>`;
