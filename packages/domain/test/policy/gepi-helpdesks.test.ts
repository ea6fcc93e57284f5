import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CaName } from '../../src/credential/credential.js';
import { gepiPolicy, gepiTexts } from '../../src/policy/packs/index.js';
import { helpdeskOfCa, routeOfRegion } from '../../src/policy/policy.js';

const helpdesks = suite('GEPI: whom to ask');

helpdesks('GEPI-8: each agency CA has its desk, number, site and page on how to apply', () => {
  const expected: ReadonlyArray<readonly [CaName, string, string, string]> = [
    ['GCA', '02-2192-7111', 'http://gca.nat.gov.tw', 'http://gca.nat.gov.tw/web2/apply01.html'],
    ['XCA', '02-2192-7111', 'http://xca.nat.gov.tw', 'http://xca.nat.gov.tw/web2/apply01.html'],
    ['MOEACA', '412-1166', 'http://moeaca.nat.gov.tw', 'http://moeaca.nat.gov.tw/moeacaee.html'],
    ['HCA', '0800-364-422', 'http://hca.nat.gov.tw', 'http://hca.nat.gov.tw/CertNote.aspx'],
  ];
  for (const [ca, phone, url, applyUrl] of expected) {
    const desk = helpdeskOfCa(gepiPolicy, ca);
    assert.ok(desk, ca);
    assert.equal([desk.phone, desk.url, desk.applyUrl], [phone, url, applyUrl]);
  }
});

helpdesks('GEPI-9: MOICA answers for citizen certificates', () => {
  const desk = helpdeskOfCa(gepiPolicy, 'MOICA');
  assert.ok(desk);
  assert.equal([desk.phone, desk.applyUrl], ['0800-080-117', 'http://moica.nat.gov.tw/apply.html']);
});

helpdesks('every CA that a role of the pack accepts has exactly one desk', () => {
  const { agency, manager, clerk } = gepiPolicy.profiles;
  for (const ca of new Set([...agency.cas, ...manager.cas, ...clerk.cas])) {
    assert.is(gepiPolicy.helpdesks.filter((desk) => desk.ca === ca).length, 1, ca);
  }
});

helpdesks('GEPI-17: a locked agency card is unlocked at the CA that issued it', () => {
  assert.match(gepiTexts['lock.agency'].zh, '請至所屬憑證管理中心進行鎖卡解碼');
  const places = gepiPolicy.profiles.agency.cas.map((ca) => helpdeskOfCa(gepiPolicy, ca)?.unlockUrl);
  assert.is(new Set(places).size, 4);
  assert.not.ok(places.includes(undefined));
});

helpdesks('GEPI-19: a locked citizen card is unlocked at MOICA, which the text names', () => {
  const place = helpdeskOfCa(gepiPolicy, 'MOICA')?.unlockUrl;
  assert.is(place, 'http://moica.nat.gov.tw');
  assert.match(gepiTexts['lock.citizen'].zh, 'http://moica.nat.gov.tw');
  assert.match(gepiTexts['lock.citizen'].zh, '『鎖卡解碼』重新設定新的PIN碼');
});

helpdesks('GEPI-27: ten regions go to section 1 (5312), nine to section 2 (5353), no region to both', () => {
  const first = ['宜蘭', '基隆', '臺北', '桃園', '苗栗', '新竹', '花蓮', '澎湖', '金門', '馬祖'];
  const second = ['彰化', '臺中', '南投', '雲林', '嘉義', '臺南', '高雄', '屏東', '臺東'];
  for (const region of first) {
    const route = routeOfRegion(gepiPolicy, region);
    assert.equal([route?.section.zh, route?.extension], ['承保第一科', '5312'], region);
  }
  for (const region of second) {
    const route = routeOfRegion(gepiPolicy, region);
    assert.equal([route?.section.zh, route?.extension], ['承保第二科', '5353'], region);
    assert.is(route?.desk.phone, '(02)27013411');
  }
  const all = gepiPolicy.helpdesks.flatMap((desk) => desk.routes.flatMap((route) => route.regions));
  assert.equal([...all].sort(), [...first, ...second].sort());
});

helpdesks('GEPI-27: a region that no route names has no section', () => {
  assert.is(routeOfRegion(gepiPolicy, '東沙'), undefined);
  assert.is(routeOfRegion(gepiPolicy, ''), undefined);
  assert.is(routeOfRegion(gepiPolicy, '__proto__'), undefined);
});

helpdesks.run();
