/**
 * Who granted a clerk a function, with which cards, under which menu and terms; and who took it away.
 *
 * @packageDocumentation
 */
import { purposeOf } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import { longTime } from '../site/times.js';
import { actorName, type Blame, certificateName, fact, type Telling } from './telling.js';

type Cause = Blame['granted'];

const evidence = ({ view, evidenceAt }: Telling, hashes: ReadonlyArray<string>): Html =>
  hashes.length === 0
    ? nothing
    : fact(
        view.words.say('blame.evidence'),
        html`<ul class="plain">${hashes.map(
          (hash) =>
            html`<li><code class="serial">${hash}</code>${
              evidenceAt === undefined
                ? nothing
                : html` <a href="${evidenceAt(hash)}">${view.words.say('blame.evidence.open')}</a>`
            }</li>`,
        )}</ul>`,
      );

const causePanel = (telling: Telling, title: string, cause: Cause): Html => {
  const { view } = telling;
  const { say, pick, lang } = view.words;
  const { event, agencyCredential, manager, catalogueVersion, terms } = cause;
  const purpose = terms === null ? undefined : purposeOf(view.pack, terms.purpose);
  const certificates = [
    ...(agencyCredential === null
      ? []
      : [html`<li>${say('planner.card.agency')}: ${certificateName(telling, agencyCredential)}</li>`]),
    ...(manager === null
      ? []
      : [
          html`<li>${say('planner.card.manager')} ${telling.person(manager.person)}: ${certificateName(
            telling,
            manager.credential,
          )}</li>`,
        ]),
  ];
  return html`<section class="panel"><h2>${title}</h2><dl class="facts">${fact(
    say('change.effectiveAt'),
    longTime(event.effectiveAt, lang),
  )}${fact(say('change.recordedAt'), longTime(event.recordedAt, lang))}${fact(
    say('change.by'),
    actorName(telling, event.actor),
  )}${certificates.length === 0 ? nothing : fact(say('blame.cards'), html`<ul class="plain">${certificates}</ul>`)}${
    catalogueVersion === null ? nothing : fact(say('change.catalogue'), String(catalogueVersion))
  }${
    terms === null
      ? nothing
      : fact(
          say('change.terms'),
          `${terms.version}${purpose === undefined ? '' : `(${pick(purpose.label)})`}`,
        )
  }${evidence(telling, event.evidence)}${fact(say('receipt.number'), html`<code class="serial">${event.eventId}</code>`)}</dl></section>`;
};

export const blameBody = (telling: Telling, blame: Blame | null): Html => {
  const { say } = telling.view.words;
  if (blame === null) return html`<p class="empty">${say('blame.none')}</p>`;
  return html`<dl class="facts panel">${fact(say('change.clerk'), telling.person(blame.person))}${fact(
    say('unassigned.function'),
    telling.fn(blame.function),
  )}</dl>${causePanel(telling, say('blame.granted'), blame.granted)}${
    blame.ended === null
      ? html`<p><span class="tag good">${say('blame.still')}</span></p>`
      : causePanel(telling, say('blame.ended'), blame.ended)
  }`;
};
