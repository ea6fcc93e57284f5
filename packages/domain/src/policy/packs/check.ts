/**
 * What the codec of a pack cannot see: that its parts fit each other.
 *
 * @packageDocumentation
 */
import { cardCommands } from '../../register/commands.js';
import { isOrigin } from '../origin.js';
import { type CardStep, meansOfStep, type PortalPolicy, purposeOf } from '../policy.js';

const wallClock = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const isPattern = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
};

const repeated = (values: ReadonlyArray<string>): ReadonlyArray<string> =>
  values.filter((value, index) => values.indexOf(value) !== index);

/** The last card of a purpose is the one in the reader when commands are given. */
const isPersons = (last: CardStep | undefined): boolean =>
  last !== undefined && last.role !== 'agency' && meansOfStep(last).every((means) => means === 'certificate');

/**
 * Faults of a pack in English, for its author; empty where it is sound.
 *
 * Every purpose that a menu, a plan or a review names exists, every command that a purpose allows is one, where commands
 * are signed there are some and the last card is a person's, nothing that is looked up stands twice, the origin is one,
 * where there are reviews one may wait, and the opening hours are `HH:mm`, `from` before `to`, `to` up to `24:00`.
 */
export const packProblems = (policy: PortalPolicy): ReadonlyArray<string> => {
  const missing = (where: string, ids: ReadonlyArray<string>): ReadonlyArray<string> =>
    ids.filter((id) => purposeOf(policy, id) === undefined).map((id) => `${where}: no purpose ${id}`);
  const twice = (where: string, values: ReadonlyArray<string>): ReadonlyArray<string> =>
    repeated(values).map((value) => `${where}: ${value} stands twice`);
  const hours = policy.openingHours;
  const hoursAreSound =
    hours === null ||
    (wallClock.test(hours.from) &&
      (hours.to === '24:00' || wallClock.test(hours.to)) &&
      hours.from < hours.to);
  const menuItems = policy.menu.flatMap((group) => group.items);

  return [
    ...(isOrigin(policy.origin) ? [] : ['origin: not https://host in its usual spelling']),
    ...missing(
      'menu',
      menuItems.flatMap((item) => (item.purpose === null ? [] : [item.purpose])),
    ),
    ...missing(
      'planner',
      policy.planner.flatMap((row) => row.operations),
    ),
    ...missing('review', policy.review.purposes),
    ...(policy.review.purposes.length === 0 || policy.review.maxPending >= 1
      ? []
      : ['review: none may wait']),
    ...policy.purposes
      .filter((purpose) => purpose.steps.length === 0)
      .map((purpose) => `purposes: ${purpose.id} asks for no card`),
    ...policy.purposes.flatMap((purpose) =>
      purpose.commands
        .filter((command) => !Object.hasOwn(cardCommands, command))
        .map((command) => `purposes: ${purpose.id} allows ${command}, which is no command`),
    ),
    ...policy.purposes
      .filter(({ steps }) => steps.some((step) => meansOfStep(step).length === 0))
      .map((purpose) => `purposes: ${purpose.id} has a step that nothing proves`),
    ...policy.purposes
      .filter(({ steps }) =>
        steps.some(
          (step) => step.role === 'officer' && meansOfStep(step).some((means) => means !== 'account'),
        ),
      )
      .map((purpose) => `purposes: ${purpose.id} asks an officer for more than an account`),
    ...policy.purposes
      .filter((purpose) => purpose.evidence === 'command')
      .flatMap((purpose) => [
        ...(purpose.commands.length > 0 ? [] : [`purposes: ${purpose.id} has no command to sign`]),
        ...(isPersons(purpose.steps.at(-1))
          ? []
          : [`purposes: ${purpose.id} has no person sign its commands`]),
      ]),
    ...twice(
      'agencyFields',
      (policy.agencyFields ?? []).map((field) => field.id),
    ),
    ...(policy.agencyFields ?? []).flatMap(({ id, pattern, effectiveAfterMinutes }) => [
      ...(pattern === null || isPattern(pattern) ? [] : [`agencyFields: the pattern of ${id} is none`]),
      ...(effectiveAfterMinutes >= 0 ? [] : [`agencyFields: ${id} takes effect before it is saved`]),
    ]),
    ...twice(
      'purposes',
      policy.purposes.map((purpose) => purpose.id),
    ),
    ...twice(
      'menu',
      menuItems.map((item) => item.id),
    ),
    ...twice(
      'planner',
      policy.planner.map((row) => [...row.changed].sort().join('+')),
    ),
    ...twice(
      'helpdesks',
      policy.helpdesks.map((desk) => desk.id),
    ),
    ...twice(
      'helpdesks',
      policy.helpdesks.flatMap((desk) => desk.routes.flatMap((route) => route.regions)),
    ),
    ...(hoursAreSound ? [] : ['openingHours: not HH:mm to HH:mm']),
  ];
};
