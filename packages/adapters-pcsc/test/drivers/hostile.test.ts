import { singleUsePin } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificatePlaces, isComplete, keyEntries } from '../../src/drivers/pkcs15.js';
import { gppkiCard, nhiCard, pivCard, t7sCard, type VirtualCard } from '../../src/virtual-card/index.js';
import { readersWith } from '../reader/far.js';
import { challenge, citizen, keys, pin, readerOn } from '../reader/support.js';

const card = await citizen();

const kinds: ReadonlyArray<readonly [string, () => VirtualCard]> = [
  ['T7S', () => t7sCard({ card, pin })],
  ['PIV', () => pivCard({ card, pin })],
  ['GPPKI', () => gppkiCard({ card })],
  [
    'NHI',
    () =>
      nhiCard({
        cardNumber: '000012345678',
        name: '王小明',
        nationalId: 'A123456789',
        birthDate: '0791231',
        sex: 'M',
        issuedOn: '1130105',
      }),
  ],
];

/** A card that answers through `change`, and counts what it is sent. */
const through = (
  card: VirtualCard,
  change: (answer: Uint8Array, at: number) => Uint8Array,
): VirtualCard & { readonly sent: () => { readonly all: number; readonly verifies: number } } => {
  let all = 0;
  let verifies = 0;
  return {
    ...card,
    process: (command) => {
      all += 1;
      if (command[1] === 0x20) verifies += 1;
      return change(card.process(command), all - 1);
    },
    sent: () => ({ all, verifies }),
  };
};

/** Far more than any card needs; the bounds of the parts together. */
const mostCommands = 20_000;

const used = async (hostile: ReturnType<typeof through>): Promise<void> => {
  const reader = readerOn(readersWith([hostile]), { keys });
  const inspected = await reader.inspect()();
  assert.ok(inspected._tag === 'Left' || inspected.right.certificates.length <= 16);
  const signed = await reader.sign(challenge, singleUsePin(pin))();
  assert.ok(signed._tag === 'Left' || signed.right instanceof Uint8Array);
  assert.ok(hostile.sent().verifies <= 1);
  assert.ok(hostile.sent().all < mostCommands, `${hostile.sent().all} commands`);
};

const answers = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ maxLength: 300 }).map((octets) => Uint8Array.from([...octets, 0x90, 0x00])),
  fc
    .constantFrom('6110', '6100', '6c00', '6cff', '9000', '6282', '63c2', '6983', '016101')
    .map((text) => Uint8Array.from(Buffer.from(text, 'hex'))),
);

const hostile = suite('a card that answers what it likes');

hostile('any octets to any command: a value, at most one VERIFY, a bounded number of commands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.array(answers, { minLength: 1, maxLength: 12 }),
      async ([, make], given) => {
        await used(through(make(), (_, at) => given[at % given.length] ?? new Uint8Array(0)));
      },
    ),
    { numRuns: 150 },
  );
});

hostile('true answers with some of them changed: the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.array(fc.record({ at: fc.nat(90), answer: answers }), { minLength: 1, maxLength: 4 }),
      async ([, make], changes) => {
        await used(
          through(make(), (answer, at) => changes.find((change) => change.at === at)?.answer ?? answer),
        );
      },
    ),
    { numRuns: 100 },
  );
});

hostile('true answers with an octet of each changed: the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.nat(255),
      fc.integer({ min: 1, max: 255 }),
      async ([, make], where, mask) => {
        await used(
          through(make(), (answer) => {
            const changed = answer.slice();
            // The status stays: a card that only refuses is no test.
            if (changed.length <= 2) return changed;
            const at = where % (changed.length - 2);
            return changed.with(at, (changed[at] ?? 0) ^ mask);
          }),
        );
      },
    ),
    { numRuns: 60 },
  );
});

hostile('more than was asked for is cut off: an answer cannot push what follows aside', async () => {
  for (const [, make] of kinds.slice(0, 1)) {
    const longer = through(make(), (answer) =>
      answer.length === 202 ? Uint8Array.from([...answer.slice(0, 200), 1, 2, 3, 0x90, 0x00]) : answer,
    );
    const inspected = await readerOn(readersWith([longer])).inspect()();
    assert.ok(inspected._tag === 'Right');
    if (inspected._tag === 'Right') assert.equal(inspected.right.certificates[0], card.certificate);
  }
});

hostile.run();

const directories = suite('PKCS #15 directories');

directories('any octets give values within their limits', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc
          .array(fc.constantFrom(0x30, 0x02, 0x04, 0x80, 0xa1, 0x01, 0x05, 0x0f, 0xff, 0x00), {
            maxLength: 200,
          })
          .map((octets) => Uint8Array.from(octets)),
      ),
      (octets) => {
        for (const { offset } of certificatePlaces(octets)) assert.ok(offset >= 0 && offset <= 0x7fff);
        for (const { reference } of keyEntries(octets)) assert.ok(reference >= 0 && reference <= 0xff);
        assert.type(isComplete(octets), 'boolean');
      },
    ),
  );
});

directories('what lies before and behind a directory in memory is not read', () => {
  const sound = fc.constantFrom('3000', '3017300030030401aaa10e300c300a0406aaaaaaaaaaaa020105', '30820010');
  const any = fc.oneof(
    fc.uint8Array({ maxLength: 120 }),
    fc.array(sound, { maxLength: 4 }).map((parts) => Uint8Array.from(Buffer.from(parts.join(''), 'hex'))),
  );
  fc.assert(
    fc.property(any, fc.nat(30), fc.nat(255), (octets, beyond, filler) => {
      const buffer = new Uint8Array(octets.length + 2 * beyond).fill(filler);
      buffer.set(octets, beyond);
      const inside = buffer.subarray(beyond, beyond + octets.length);
      assert.equal(certificatePlaces(inside), certificatePlaces(octets));
      assert.equal(keyEntries(inside), keyEntries(octets));
      assert.is(isComplete(inside), isComplete(octets));
    }),
  );
});

directories.run();
