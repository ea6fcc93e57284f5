import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { vaultFault } from '../../src/ports/key-vault.js';
import { openEvent } from '../../src/register/opening.js';
import { recorded } from '../../src/testing/index.js';
import { agencyRegistered, managerAppointed, people } from './fixtures.js';
import { openVault } from './golden.js';

const [appointed] = recorded([managerAppointed()]);
const [registered] = recorded([agencyRegistered()]);

/** Opens an event with a vault that gives back `answer`. */
const openedAs = (answer: ReturnType<typeof openVault.open>) => {
  if (appointed === undefined) throw new Error('no event');
  return openEvent({ ...openVault, open: () => answer }, appointed);
};

const opening = suite('opening what is sealed');

opening('the personal part is read beside the event, which stays as it is', async () => {
  const plain = { nationalId: 'A223456781', contact: { name: 'n', email: 'e', phone: 'p', extension: null } };
  const opened = await openedAs(TE.right(JSON.stringify(plain)));
  assert.ok(E.isRight(opened));
  assert.equal(opened.right.personal, plain);
  assert.equal({ ...opened.right, personal: undefined }, { ...appointed, personal: undefined });
});

opening('of a person who was forgotten nothing is there', async () => {
  const opened = await openedAs(TE.right(undefined));
  assert.ok(E.isRight(opened));
  assert.is(opened.right.personal, undefined);
  assert.is(opened.right.type, 'ManagerAppointed');
});

opening('an event that holds nothing personal asks no vault', async () => {
  assert.ok(registered);
  const never = { ...openVault, open: () => assert.unreachable() as never };
  assert.equal(await openEvent(never, registered), E.right(registered));
});

opening('a part that opens to something else is corrupt', async () => {
  for (const plain of ['', '{', 'null', '[]', '{}', '{"nationalId":7}']) {
    const opened = await openedAs(TE.right(plain));
    assert.ok(E.isLeft(opened));
    assert.is(opened.left.code, 'STORE_CORRUPT');
    assert.not.ok(JSON.stringify(opened.left).includes(people.lin), 'names the place, not the person');
  }
});

opening(
  'a vault that is down is told from a damaged one, and from a part that was tampered with',
  async () => {
    const codes = [];
    for (const code of ['VAULT_UNAVAILABLE', 'VAULT_CORRUPT', 'SEALED_TAMPERED'] as const) {
      const opened = await openedAs(TE.left(vaultFault(code, 'for a test')));
      codes.push(E.isLeft(opened) && opened.left.code);
    }
    assert.equal(codes, ['VAULT_UNAVAILABLE', 'STORE_CORRUPT', 'STORE_CORRUPT']);
  },
);

opening.run();
