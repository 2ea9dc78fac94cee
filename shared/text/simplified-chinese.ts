// Traditional Chinese characters and the simplified ones they are folded to.

/** Pairs, traditional before simplified. */
const PAIRS = '軍军國国會会戰战關关長长門门開开東东車车馬马風风無无爲为為为對对時时說说話话議议論论證证訂订協协約约條条號号萬万億亿導导彈弹試试韓韩鮮鲜聯联俄俄烏乌蘭兰臺台灣湾衛卫隊队師师團团艦舰飛飞機机槍枪砲炮';
const SIMPLIFIED = new Map<string, string>();
for (let i = 0; i < PAIRS.length; i += 2) SIMPLIFIED.set(PAIRS[i]!, PAIRS[i + 1]!);

/** Every traditional character replaced by the simplified one. */
export const simplifyHan = (word: string): string =>
  word.replace(/[\u4e00-\u9fff]/g, (character) => SIMPLIFIED.get(character) ?? character);
