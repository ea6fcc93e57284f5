/**
 * What several chapters say and do.
 *
 * @packageDocumentation
 */
import { type CardConfirmed, type GepiTextKey, gepiTexts, type Text } from '@mandate/domain';
import type { Agency, Person } from '../../world/cast.js';
import { taipeiMs } from '../../world/clock.js';
import type { Answer, Shown } from '../../world/counter.js';
import { agencyCard, citizenCard } from '../../world/drawer.js';
import { agencyShown, personShown, type Scene } from '../scene.js';

/** A text of the policy pack. */
export const say = (key: GepiTextKey): Text => gepiTexts[key];

/** The portal's own record of what a contact form takes. */
export const contactOf = (person: Person, mailbox: string, phone: string, extension: string) => ({
  name: person.name,
  email: `${mailbox}@example.gov.tw`,
  phone,
  extension,
});

/** Days of a certificate, both in Taipei: it ends with the last second of its last day, as those of the GPKI do. */
export const validity = (from: string, until: string) => ({
  notBefore: new Date(taipeiMs(`${from}T00:00`)),
  notAfter: new Date(taipeiMs(`${until}T23:59`) + 59_000),
});

export const issueAgencyCard = async (
  scene: Scene,
  name: string,
  agency: Agency,
  dates?: { readonly notBefore: Date; readonly notAfter: Date },
): Promise<Shown> => {
  const { box } = scene.world;
  await box.issue(name, agency.pin, async () => (await agencyCard(box.pki, agency, dates ?? {})).card);
  return agencyShown(scene, agency, name);
};

export const issueCitizenCard = async (
  scene: Scene,
  name: string,
  person: Person,
  dates?: { readonly notBefore: Date; readonly notAfter: Date },
): Promise<Shown> => {
  const { box } = scene.world;
  await box.issue(name, person.pin, async () => (await citizenCard(box.pki, person, dates ?? {})).card);
  return personShown(scene, person, name);
};

/** 換卡: a new card of the same holder. The CA of citizens makes the old one void at once. */
export const reissueCard = async (
  scene: Scene,
  next: string,
  previous: string,
  pin: string,
): Promise<void> => {
  const { box, clock } = scene.world;
  const old = box.card(previous).card;
  await box.issue(next, pin, () => box.pki.reissue(old, { notBefore: new Date(clock.now()) }));
};

/** 展期: the same card with a new certificate. */
export const renewCard = async (scene: Scene, next: string, previous: string, pin: string): Promise<void> => {
  const { box } = scene.world;
  const old = box.card(previous).card;
  await box.issue(next, pin, () => box.pki.renew(old));
};

/** A delegation session with the cards that are on record. */
export type Desk = (scene: Scene) => Answer<CardConfirmed>;

export const desk =
  (agency: Agency, agencyCardName: string, manager: Person, managerCard: string): Desk =>
  (scene) =>
    scene.session(agency, [
      agencyShown(scene, agency, agencyCardName),
      personShown(scene, manager, managerCard),
    ]);
