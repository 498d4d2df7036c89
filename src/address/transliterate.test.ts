import assert from "node:assert/strict";
import { test } from "node:test";
import { transliterate } from "./transliterate.ts";

const words: readonly (readonly [country: string, written: string, latin: string])[] = [
  ["GR", "Παπαδόπουλος", "Papadopoulos"],
  ["GR", "Ευάγγελος Μπάμπης", "Evangelos Bampis"],
  ["GR", "Αυγούστου, Εύβοια", "Avgoustou, Evvoia"],
  ["GR", "Μαΐου", "Maiou"],
  ["GR", "ΑΘΗΝΑ", "ATHINA"],
  ["UA", "Київ, вул. Згурського", "Kyiv, vul. Zghurskoho"],
  ["UA", "Щербак Юрій Їжакевич", "Shcherbak Yurii Yizhakevych"],
  ["UA", "Знам'янка", "Znamianka"],
  ["BG", "София, Мария Щерева", "Sofia, Maria Shtereva"],
  ["RS", "Ђорђе Љубичић, Његош", "Đorđe Ljubičić, Njegoš"],
  ["FI", "Žofia Łódzka 12 A", "Žofia Łódzka 12 A"],
];
for (const [country, written, latin] of words) {
  test(`"${written}" is "${latin}" on a label of ${country}`, () => {
    assert.equal(transliterate(written, country), latin);
  });
}
