import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  cancelRenewal,
  type Decision,
  referRenewal,
  takeRefusal,
} from '../../../src/certificate/renewal/decide.js';
import type { RenewalEvent } from '../../../src/certificate/renewal/events.js';
import type { RenewalState } from '../../../src/certificate/renewal/state.js';
import { recorded } from '../../../src/testing/index.js';
import {
  agreeing,
  beginning,
  id,
  issuing,
  next,
  previous,
  reading,
  renewals,
  signing,
  starting,
  submitting,
} from './support.js';

type Decide = (state: RenewalState) => Decision;

const commands: ReadonlyArray<Decide> = [
  starting(),
  agreeing,
  signing,
  submitting,
  issuing,
  (state) => takeRefusal(state, id),
  beginning,
  reading(next.fingerprint),
  reading(previous.fingerprint),
  reading(null),
  (state) => cancelRenewal(state, id, 'cancelled'),
  (state) => referRenewal(state, id),
];

/** The way to a written card, so that runs get far, with anything else between. */
const way = [starting(), agreeing, signing, submitting, issuing, beginning];

const runs = fc.tuple(fc.nat(way.length), fc.array(fc.constantFrom(...commands), { maxLength: 30 }));

/** All events of a run; refused commands leave none. */
const history = ([length, rest]: readonly [number, ReadonlyArray<Decide>]): {
  readonly events: ReadonlyArray<RenewalEvent>;
  readonly state: RenewalState;
} => {
  let state: RenewalState = renewals.initial;
  const events: RenewalEvent[] = [];
  for (const decide of [...way.slice(0, length), ...rest]) {
    const decision = decide(state);
    if (decision._tag === 'Left') continue;
    events.push(...decision.right);
    state = recorded(decision.right, { revision: events.length }).reduce(renewals.evolve, state);
  }
  return { events, state };
};

const test = suite('whatever is done in whatever order');

test('MOICA-14: after a write that was begun comes what the card was read to hold, or the counter, and nothing else', () => {
  fc.assert(
    fc.property(runs, (run) => {
      const types = history(run).events.map(({ type }) => type);
      types.forEach((type, at) => {
        const after = types[at + 1];
        if (type !== 'CertificateWriteBegun' || after === undefined) return;
        assert.ok(['CertificateWritten', 'CertificateWriteFailed', 'RenewalReferred'].includes(after), after);
      });
    }),
  );
});

test('a renewal is completed by a card that was read, and never more than once for a card', () => {
  fc.assert(
    fc.property(runs, (run) => {
      const { events, state } = history(run);
      const types = events.map(({ type }) => type);
      types.forEach((type, at) => {
        if (type === 'RenewalCompleted') assert.is(types[at - 1], 'CertificateWritten');
      });
      assert.ok(state.completed <= 1);
      assert.is(state.completed, types.filter((type) => type === 'RenewalCompleted').length);
    }),
  );
});

test('nothing that the CA issued is ever voided: it is written, or referred, or still to be done', () => {
  fc.assert(
    fc.property(runs, (run) => {
      const types = history(run).events.map(({ type }) => type);
      const begins = types.flatMap((type, at) => (type === 'RenewalStarted' ? [at] : []));
      begins.forEach((from, index) => {
        const one = types.slice(from, begins[index + 1]);
        if (one.includes('CertificateIssued')) assert.not.ok(one.includes('RenewalVoided'));
      });
    }),
  );
});

test.run();
