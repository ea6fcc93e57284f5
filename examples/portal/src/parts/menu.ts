/**
 * The left function column 左方功能列 (GEPI-6): the pack's menu, and what the portal has beside it.
 *
 * @packageDocumentation
 */
import { attribute, type Html, html, nothing } from '../site/html.js';
import type { MenuLink, View } from '../site/view.js';

interface Line extends MenuLink {
  readonly id: string;
}

const group = (label: string, lines: ReadonlyArray<Line>, current: string | undefined): Html =>
  html`<li class="menu-group"><span class="menu-label">${label}</span><ul>${lines.map(
    (line) =>
      html`<li><a href="${line.href}"${attribute('aria-current', line.id === current ? 'page' : undefined)}>${
        line.label
      }</a></li>`,
  )}</ul></li>`;

/** Hidden on a narrow screen until its button is pressed; without script it stands open there. */
export const leftMenu = ({ pack, words: { say, pick }, more }: View, current: string | undefined): Html =>
  html`<nav class="menu" aria-label="${say('frame.menu')}"><button type="button" class="menu-button" aria-expanded="true" aria-controls="menu" hidden>${say(
    'frame.menu',
  )}</button><ul id="menu" class="menu-groups">${pack.menu.map(({ label, items }) =>
    group(
      pick(label),
      items.map((item) => ({ id: item.id, href: `/${item.purpose ?? item.id}`, label: pick(item.label) })),
      current,
    ),
  )}${more.map(({ label, items }) =>
    group(
      label,
      items.map((item) => ({ ...item, id: item.href })),
      current,
    ),
  )}<li class="menu-group menu-back"><ul><li><a href="/"${attribute(
    'aria-current',
    current === 'home' ? 'page' : undefined,
  )}>${say('link.home')}</a></li>${
    pack.purposes.some(({ id }) => id === 'login')
      ? html`<li><a href="/login"${attribute('aria-current', current === 'login' ? 'page' : undefined)}>${say(
          'link.business',
        )}</a></li>`
      : nothing
  }</ul></li></ul></nav>`;
