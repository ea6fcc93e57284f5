import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tellStory } from '../src/story.js';

const story = suite('the renewal in a terminal');

story(
  'MOICA-3…16: from the card that is read to the receipt, through a lost line and a card that is pulled out',
  async () => {
    const lines: string[] = [];
    const { holds, receipt } = await tellStory((text = '') => lines.push(text));
    const text = lines.join('\n');
    assert.ok(holds, text);
    assert.is(receipt?.step, 'completed');
    assert.not.match(text, /✗/);
    for (const words of ['步驟一', '步驟二', '請勿重新寫入|確認前請勿', '收執號碼', '新憑證序號'])
      assert.match(text, new RegExp(words));
    // Three steps: the request, the write that broke off, the write that did not.
    assert.is(receipt?.submissions, 3);
    assert.is(receipt?.writes, 2);
  },
);

story.run();
