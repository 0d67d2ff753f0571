// The guides keep what they promise: their files are saved, run, and looked at in a browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { openBrowser } from './browser.mjs';
import { follow, startServer } from './guide.mjs';

/** What differs between the languages on the page. */
const GUIDES = {
  'guide.md': { code: 'Code', beans: 'Coffee beans, 200 g, ₩12,000', order: 'Order', due: '₩24,600', less: '₩23,520', thanks: 'Thank you!', changed: /^The amount has changed/ },
  'guide.ko.md': { code: '쿠폰 코드', beans: '원두 200g, 12,000원', order: '주문하기', due: '24,600원', less: '23,520원', thanks: '주문했습니다.', changed: /^금액이 바뀌었습니다/ },
};
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

for (const [guide, words] of Object.entries(GUIDES)) {
  test(`${guide}: the code prints what stands behind it`, () => {
    const { folder, files, wanted } = follow(guide);
    assert.deepEqual(Object.keys(files).sort(), wanted.toSorted());
    const promised = [...files['try.mjs'].matchAll(/console\.log\(.*; \/\/ (.*)/g)].map(([, output]) => output);
    const printed = execFileSync(process.execPath, ['try.mjs'], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual(printed.trimEnd().split('\n'), promised);
    assert.equal(promised.length, 8);
  });

  test(`${guide}: the checkout sells, and does not let itself be cheated`, async () => {
    const { folder, text } = follow(guide);
    const server = await startServer(folder);
    try {
      const [page, other] = [await open(server.address), await open(server.address)];
      for (const each of [page, other]) {
        await each.getByLabel(words.beans).fill('2');
        await each.getByLabel(words.code).fill('SPRING');
        assert.equal(await each.locator('#due').textContent(), words.due);
      }
      await order(page, words, words.thanks);
      const [, promised] = text.match(/```text\n(.*)\n```/);
      const [start, end] = promised.split('…');
      assert.ok(server.said.startsWith(start) && server.said.trimEnd().endsWith(end), server.said);

      await other.getByRole('checkbox').check();
      await order(other, words, words.changed); // it saw the member before the other order
      assert.equal(await other.locator('#due').textContent(), words.less);
      await order(other, words, words.thanks);

      const cheat = await open(server.address, (opened) => opened.route('**/shop.js', async (route) => {
        const body = (await (await route.fetch()).text()).replace("'12000'", "'1'");
        await route.fulfill({ body, contentType: 'text/javascript' });
      }));
      await cheat.locator('input[name=beans]').fill('2');
      const booked = server.said;
      await order(cheat, words, words.changed);
      assert.equal(server.said, booked);

      for (const nonsense of ['{', 'null', '{}']) {
        assert.equal((await fetch(`${server.address}orders`, { method: 'POST', body: nonsense })).status, 400);
      }
      assert.deepEqual([page, other].flatMap(({ complaints }) => complaints), ['409']);
    } finally {
      server.close();
    }
  });
}

async function open(address, prepare) {
  const page = await browser.newPage();
  page.complaints = [];
  page.on('console', (message) => page.complaints.push(/\b409\b/.test(message.text()) ? '409' : message.text()));
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  await prepare?.(page);
  await page.goto(address);
  await page.waitForFunction(() => document.getElementById('earned').textContent !== '');
  return page;
}

async function order(page, words, said) {
  await page.getByRole('button', { name: words.order }).click();
  await page.waitForFunction(() => document.getElementById('said').textContent !== '');
  const told = await page.getByRole('alert').textContent();
  if (said instanceof RegExp) assert.match(told, said);
  else assert.equal(told, said);
}
