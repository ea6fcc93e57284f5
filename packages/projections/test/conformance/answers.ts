/**
 * What every query of the package answers about the agencies of a random life.
 */
import { gepiPolicy, type KeyVault } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import {
  certificates,
  clerkLists,
  knownPeople,
  type ProjectionFault,
  permissionHistories,
  type ReadModelsOf,
  registrationHistories,
  reviews,
  unassignedFunctions,
} from '../../src/index.js';
import { person } from '../support/events.js';
import { agencyCodes, functionCodes, names, officerOf } from '../support/random.js';
import { minute } from '../support/world.js';

/** All answers, faults included, in one order. */
export const everyAnswer = async (
  read: ReadModelsOf<'TaskEither'>,
  vault: KeyVault,
): Promise<ReadonlyArray<unknown>> => {
  const history = permissionHistories(read, 'gepi');
  const signing = permissionHistories(read, 'doc');
  const inventory = certificates(read, 'gepi');
  const queue = reviews(read, 'gepi', vault);
  const question = { from: '2028-12-01T00:00:00Z', to: '2030-01-01T00:00:00Z', policy: gepiPolicy };
  const asked: ReadonlyArray<TaskEither<ProjectionFault, unknown>> = [
    ...agencyCodes.flatMap(
      (code): ReadonlyArray<TaskEither<ProjectionFault, unknown>> => [
        clerkLists(read, 'gepi').ofAgency(code),
        registrationHistories(read, 'gepi').ofAgency(code),
        history.list(code),
        history.list(code, { after: 2, limit: 3 }),
        history.list(code, { after: 1.5 }),
        history.asOf(code, minute(100)),
        history.asOf(code, minute(100), minute(50)),
        history.diff(code, minute(20), minute(200)),
        history.blame(code, 'nobody', 'pay'),
        signing.list(code),
        signing.asOf(code, minute(100)),
        signing.diff(code, minute(20), minute(200)),
        inventory.ofAgency(code),
        inventory.forecast({ ...question, agencyCode: code }),
        queue.list({ agencyCode: code }),
        unassignedFunctions(read, 'gepi', { agencyCode: code }),
      ],
    ),
    ...names.flatMap(
      (name): ReadonlyArray<TaskEither<ProjectionFault, unknown>> => [
        knownPeople(read).find(person(name)),
        history.ofPerson(person(name)),
        signing.ofPerson(person(officerOf(name))),
        knownPeople(read).find(person(officerOf(name))),
      ],
    ),
    inventory.lockedOut('2029-06-01T00:00:00Z'),
    inventory.lockedOut('2023-06-01T00:00:00Z', ['clerk']),
    inventory.expiringBetween('2028-12-01T00:00:00Z', '2029-02-01T00:00:00Z'),
    inventory.expiringBetween('no time', '2029-02-01T00:00:00Z'),
    inventory.forecast(question),
    queue.list(),
    queue.list({ status: 'pending', limit: 2, offset: 1 }),
    queue.count('pending'),
    unassignedFunctions(read, 'gepi'),
    unassignedFunctions(read, 'gepi', { since: 2, after: '10001', limit: 1 }),
    unassignedFunctions(read, 'gepi', { since: Number.POSITIVE_INFINITY }),
  ];
  const answers: unknown[] = [functionCodes];
  for (const ask of asked) answers.push(await ask());
  return answers;
};
