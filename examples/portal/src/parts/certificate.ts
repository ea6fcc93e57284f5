/**
 * The read-only panel of a confirmed card (GEPI-28): what was read from it, not what was typed.
 *
 * @packageDocumentation
 */
import { helpdeskOfCa, maskPersonalIds } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import { shortDay } from '../site/times.js';
import type { SessionCard, View } from '../site/view.js';
import { serialCode } from './serial.js';

const fact = (label: string, value: Html | string): Html =>
  html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

export const certificatePanel = (view: View, card: SessionCard): Html => {
  const { say, pick, lang, has } = view.words;
  const desk = helpdeskOfCa(view.pack, card.ca);
  const own = `panel.${card.role}`;
  return html`<section class="panel"><h2>${say(
    card.role === 'agency' ? 'panel.agencyCertificate' : has(own) ? own : 'panel.managerCertificate',
  )}</h2><dl class="facts">${fact(say('certificate.holder'), card.displayName)}${
    card.nationalId === null ? nothing : fact(say('column.nationalId'), maskPersonalIds(card.nationalId))
  }${
    card.notBefore === null || card.notAfter === null
      ? nothing
      : html`${fact(say('certificate.ca'), desk === undefined ? card.ca : pick(desk.name))}${fact(
          say('certificate.serial'),
          serialCode(card.serial),
        )}${fact(
          say('certificate.valid'),
          `${shortDay(card.notBefore, lang)} ${say('certificate.validTo')} ${shortDay(card.notAfter, lang)}`,
        )}`
  }</dl></section>`;
};
