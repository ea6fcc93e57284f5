import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { evolveCatalogue, initialCatalogue } from '../../src/catalogue/state.js';
import { type ImportedClerk, importClerks } from '../../src/clerk/import.js';
import type { NewEvent, StoredEvent } from '../../src/events/table.js';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import { evolveAgencyStream, initialAgencyStream } from '../../src/register/agency-stream.js';
import type { CertificateSerial } from '../../src/values/index.js';
import { hex64, uuid } from '../register/fixtures.js';
import { asRecorded, codec, encodeOne, surroundings } from '../register/golden.js';
import { samples } from '../register/samples.js';

const imports = suite('clerks from a list of another system');

const stored = async (event: NewEvent | undefined): Promise<StoredEvent> => {
  if (event === undefined) throw new Error('no sample');
  const decoded = codec.decode(
    asRecorded(await encodeOne(surroundings, event), surroundings.stream, surroundings.revision),
  );
  if (decoded._tag !== 'Event') throw new Error(decoded._tag);
  return decoded.event;
};

const registered = evolveAgencyStream(initialAgencyStream, await stored(samples.AgencyRegistered['']));
const menu = evolveCatalogue(initialCatalogue, await stored(samples.CataloguePublished['']));
const [first] = [...(menu.current?.entries.values() ?? [])].filter(({ kind }) => kind === 'function');
const permission = first?.code ?? '';
const from = { source: 'former portal', file: hex64(0xf1) };

const row = (n: number, parts: Partial<ImportedClerk> = {}): ImportedClerk => ({
  id: uuid(100 + n),
  row: n,
  digest: hex64(0xd000 + n),
  person: hex64(0xa000 + n),
  credential: { ca: 'MOICA', serial: `${n}A` as CertificateSerial, proof: 'typedByHand' },
  permissions: [permission],
  details: { nationalId: 'A123456789', name: '王小明' },
  ...parts,
});

const decide = (rows: ReadonlyArray<ImportedClerk>, state = registered) =>
  importClerks(state, gepiPolicy, menu, from, rows);

const codeOf = (answer: ReturnType<typeof decide>): string =>
  answer._tag === 'Left' ? `${answer.left.code} ${answer.left.detail ?? ''}`.trim() : 'imported';

imports(
  'each row becomes an event that names source, file and row, at the level of a typed serial',
  async () => {
    const answer = decide([row(2), row(3)]);
    assert.ok(answer._tag === 'Right');
    assert.equal(
      answer.right.map(
        (event) =>
          event.type === 'HistoryImported' && [
            event.data.row,
            event.data.source,
            event.data.credential.proof,
          ],
      ),
      [
        [2, 'former portal', 'typedByHand'],
        [3, 'former portal', 'typedByHand'],
      ],
    );
    const [event] = answer.right;
    assert.ok(event);
    const state = evolveAgencyStream(registered, await stored(event));
    const clerk = state.clerks.get(uuid(102));
    assert.equal([clerk?.identityProof, [...(clerk?.permissions ?? [])]], ['typed', [permission]]);
  },
);

imports('a row that was imported is passed over for ever, also after its clerk was revoked', async () => {
  const answer = decide([row(2)]);
  assert.ok(answer._tag === 'Right' && answer.right[0]);
  const state = evolveAgencyStream(registered, await stored(answer.right[0]));
  assert.equal(decide([row(2)], state), { _tag: 'Right', right: [] });
  const revoked = await stored({ type: 'ClerkRevoked', data: { clerk: uuid(102), cause: 'deleted' } });
  const after = evolveAgencyStream(state, revoked);
  assert.is(after.clerks.size, 0);
  assert.equal(decide([row(2)], after), { _tag: 'Right', right: [] });
});

imports('one row that cannot be imported keeps all of them out, and is named', () => {
  assert.is(codeOf(decide([row(2), row(3, { person: row(2).person })])), 'CLERK_ALREADY_AUTHORIZED row 3');
  assert.is(codeOf(decide([row(2), row(3, { credential: row(2).credential })])), 'CERTIFICATE_IN_USE row 3');
  assert.is(codeOf(decide([row(2), row(3, { permissions: ['no-such'] })])), 'PERMISSION_UNKNOWN row 3');
  assert.is(codeOf(decide([row(2, { permissions: [] })])), 'PERMISSION_REQUIRED row 2');
});

imports('an agency that is not open takes none', async () => {
  assert.is(codeOf(decide([row(2)], initialAgencyStream)), 'AGENCY_NOT_REGISTERED');
  const suspended = evolveAgencyStream(registered, await stored(samples.AgencySuspended['']));
  assert.is(codeOf(decide([row(2)], suspended)), 'AGENCY_SUSPENDED');
});

imports.run();
