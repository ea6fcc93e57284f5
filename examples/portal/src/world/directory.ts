/**
 * What the insurer's records say of its agencies (GEPI-23).
 *
 * @packageDocumentation
 */
import type { AgencyDirectory } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { agencies } from './cast.js';

export const directory: AgencyDirectory = {
  find: (code) => {
    const agency = agencies.find((candidate) => candidate.code === code);
    if (agency === undefined) return TE.right(undefined);
    const { name, region, organisation, recorded = organisation } = agency;
    return TE.right({ code, name, organisation: recorded, region });
  },
};
