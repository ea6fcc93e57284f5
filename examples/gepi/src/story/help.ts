/**
 * Whom to call, as the policy pack knows it (GEPI-8, 9, 17, 19, 26, 27).
 *
 * @packageDocumentation
 */
import {
  type CaName,
  gepiPolicy,
  type Helpdesk,
  helpdeskOfCa,
  type RegisterError,
  routeOfRegion,
  type Text,
} from '@mandate/domain';
import type { Agency } from '../world/cast.js';
import type { Fact } from './outcome.js';

const who: Text = { zh: '請洽', en: 'call' };

/** A helpdesk on a line of its own. */
export const deskFacts = (desk: Helpdesk | undefined): ReadonlyArray<Fact> =>
  desk === undefined
    ? []
    : [{ label: who, value: [desk.name.zh, desk.phone, desk.unlockUrl ?? desk.url ?? ''].join('  ') }];

/** The helpdesk of the CA that issued a card. */
export const deskOfCa = (ca: CaName): ReadonlyArray<Fact> => deskFacts(helpdeskOfCa(gepiPolicy, ca));

/** The section of the portal for the agency's region. */
export const deskOfRegion = (agency: Agency): ReadonlyArray<Fact> => {
  const route = routeOfRegion(gepiPolicy, agency.region);
  return route === undefined
    ? []
    : [
        {
          label: who,
          value: `${route.desk.name.zh}  ${route.desk.phone}  ${route.section.zh} 分機 ${route.extension}(${agency.region})`,
        },
      ];
};

/**
 * Who can help with a refusal: the CA that issued the card, where the refusal says which (GEPI-8, GEPI-17), and the
 * portal's section for the agency, where it is about one.
 */
export const helpFor = (error: RegisterError, agency?: Agency): ReadonlyArray<Fact> => {
  switch (error.helper) {
    case 'portal':
      return agency === undefined ? [] : deskOfRegion(agency);
    case 'issuingCa':
      return error.ca === undefined ? [] : deskOfCa(error.ca);
    case 'moica':
      return deskOfCa('MOICA');
    default:
      return [];
  }
};
