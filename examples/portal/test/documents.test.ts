/** Documents that are handed in with a form (NHI-23). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readForm } from '../src/site/form.js';
import { attachmentsIn } from '../src/world/attachments.js';

const documents = suite('portal: documents');

const sending = (body: FormData | string, type?: string): Request =>
  new Request('http://localhost/x', {
    method: 'POST',
    body,
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });

documents('NHI-23: a form brings texts and files, and a field that is left empty brings none', async () => {
  const form = new FormData();
  form.append('name', '王小明');
  form.append('one', new Blob(['%PDF']), 'one.pdf');
  form.append('two', new Blob([]), '');
  const read = await readForm(sending(form), true);
  assert.is(read?.text('name'), '王小明');
  assert.equal(
    read?.files('one').map(({ name, body }) => [name, Buffer.from(body).toString('utf8')]),
    [['one.pdf', '%PDF']],
  );
  assert.equal(read?.files('two'), []);
});

documents('files are taken where they are wanted alone, and a broken form is none', async () => {
  const form = new FormData();
  form.append('one', new Blob(['%PDF']), 'one.pdf');
  assert.is(await readForm(sending(form)), undefined);
  const broken = 'multipart/form-data; boundary=x';
  assert.is(await readForm(sending('--y\r\nnothing', broken), true), undefined);
  assert.is(await readForm(sending('--x', 'multipart/form-data'), true), undefined);
});

documents(
  'NHI-23: a document is found by its SHA-256, twice handed in it is one, and no other file is',
  () => {
    const base = mkdtempSync(join(tmpdir(), 'mandate-documents-'));
    const kept = attachmentsIn(join(base, 'attachments'));
    const body = new TextEncoder().encode('%PDF');
    const hash = kept.keep(body);
    assert.is(kept.keep(body), hash);
    assert.equal(Buffer.from(kept.find(hash) ?? []).toString('utf8'), '%PDF');
    for (const other of ['0'.repeat(64), '../secret', '', `${hash}x`, hash.toUpperCase()])
      assert.is(kept.find(other), undefined, other);
    rmSync(base, { recursive: true, force: true });
  },
);

documents.run();
