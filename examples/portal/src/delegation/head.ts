/**
 * 使用者資訊: whose clerks these are (GEPI-32).
 *
 * @packageDocumentation
 */

import { hasManager } from '@mandate/domain';
import type { Crumb } from '../parts/layout.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import type { ClerkList } from './model.js';
import { clerksPath } from './path.js';

/** 首頁 / 指派作業 / 授權指派作業, and what comes after. */
export const delegationCrumbs = (
  { words: { say } }: View,
  ...more: ReadonlyArray<string>
): ReadonlyArray<Crumb> => [
  { label: say('crumb.delegation') },
  { label: say('crumb.delegationWork'), ...(more.length === 0 ? {} : { href: clerksPath() }) },
  ...more.map((label) => ({ label })),
];

export const userPanel = (
  { pack, words: { say } }: View,
  { agencyCode, agencyName, manager }: ClerkList,
): Html =>
  html`<section class="panel user" aria-labelledby="user"><h2 id="user">${say('panel.user')}</h2><dl class="facts across"><div><dt>${say(
    'column.agencyCode',
  )}</dt><dd>${agencyCode}</dd></div><div><dt>${say('column.agencyName')}</dt><dd>${agencyName}</dd></div>${
    hasManager(pack)
      ? html`<div><dt>${say('column.managerName')}</dt><dd>${manager.name ?? say('clerks.forgotten')}</dd></div>`
      : nothing
  }</dl></section>`;
