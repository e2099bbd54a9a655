import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeText } from '../../../../src/main/media/subtitles/decodeText.ts';
import { languageIn } from '../../../../src/main/media/subtitles/subtitleName.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/media');

test.each([
  ['UTF-8', new TextEncoder().encode('Grüße 二')],
  ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('Grüße 二')])],
  ['UTF-8 with one broken letter', Buffer.concat([Buffer.from('Grüße 二\n'.repeat(20)), Buffer.from([0xe4])])],
  ['UTF-16 LE with a mark', Buffer.from('\uFEFFGrüße 二', 'utf16le')],
  ['UTF-16 BE with a mark', Buffer.from('\uFEFFGrüße 二', 'utf16le').swap16()],
  ['UTF-16 LE without a mark', Buffer.from('Grüße 二', 'utf16le')],
  ['UTF-16 BE without a mark', Buffer.from('Grüße 二', 'utf16le').swap16()],
])('%s is believed', async (_encoding, bytes) => {
  const { text, rival } = await decodeText(bytes);
  expect(text.replace('\uFEFF', '')).toContain('Grüße 二');
  expect(rival).toBeNull();
});

test.each([
  ['enc-gbk.srt', '今天天气很好我们去公园'],
  ['enc-big5.srt', '今天天氣很好我們去公園'],
  ['enc-shift_jis.srt', '今日は天気がいいですね'],
  ['enc-cp1250.srt', 'Dnes je pěkné počasí žluťoučký'],
  ['enc-cp1251.srt', 'Сегодня хорошая погода'],
  ['enc-koi8_r.srt', 'Сегодня хорошая погода'],
  ['enc-cp1254.srt', 'Bugün hava çok güzel şığ'],
  ['enc-cp1256.srt', 'الطقس جميل اليوم'],
])('the four cues of %s are read in their script, without doubt', async (file, words) => {
  const { text, rival } = await decodeText(readFileSync(join(fixtures, file)));
  expect(text.split(/\r?\n/).filter((line) => line === words)).toHaveLength(4);
  expect(rival).toBeNull();
});

/** A few lines of talk in each language, in the encodings that were used for it. */
const talk: [string, string[], string][] = [
  [
    'ru',
    ['windows-1251', 'koi8-r', 'cp866', 'iso-8859-5'],
    'Привет, как дела?\n- Я не знаю, что делать.\nПойдём домой!',
  ],
  ['uk', ['windows-1251', 'koi8-u'], 'Привіт, як справи?\nЯ не знаю, що робити. Їжте!\nХодімо додому!'],
  ['bg', ['windows-1251'], 'Здравей, как си?\nНе знам какво да правя.\nХайде да се прибираме вкъщи!'],
  ['cs', ['windows-1250'], 'Ahoj, jak se máš?\nNevím, co mám dělat.\nPojďme domů!'],
  [
    'pl',
    ['windows-1250', 'iso-8859-2'],
    'Cześć, jak się masz?\nNie wiem, co mam zrobić. Źle się czuję.\nChodźmy do domu!',
  ],
  ['hu', ['windows-1250'], 'Szia, hogy vagy?\nNem tudom, mit csináljak. Győződj meg.\nFűzős cipő'],
  ['ro', ['windows-1250'], 'Bună, ce mai faci?\nNu ştiu ce să fac. Mulţumesc.\nHai să mergem acasă!'],
  ['hr', ['windows-1250'], 'Bok, kako si?\nNe znam što da radim. Čekaj, žao mi je.\nIdemo kući!'],
  ['de', ['cp850'], 'Grüße, wie geht es heute?\nIch suche das schöne Auto über der Brücke.'],
  ['de', ['windows-1252'], 'Grüße, wie geht es dir?\nIch weiß nicht, was ich tun soll.'],
  ['fr', ['windows-1252'], 'Ça va ? Très bien, et toi ?\nJe ne sais pas où être.\nRentrons à la maison !'],
  ['es', ['windows-1252'], '¿Cómo estás? ¡Qué bien!\nNo sé qué hacer mañana, corazón.'],
  ['pt', ['windows-1252'], 'Olá, como você está?\nNão sei o que fazer. Então, são três.\nVamos para casa amanhã!'],
  ['sv', ['windows-1252'], 'Hej, hur mår du?\nJag vet inte vad jag ska göra på jobbet.'],
  [
    'tr',
    ['windows-1254'],
    'Merhaba, nasılsın?\nNe yapacağımı bilmiyorum.\nHadi eve gidelim! İyi geceler, teşekkürler.',
  ],
  ['el', ['windows-1253'], 'Γεια σου, τι κάνεις;\nΔεν ξέρω τι να κάνω.\nΠάμε σπίτι!'],
  ['he', ['windows-1255'], 'שלום, מה שלומך?\nאני לא יודע מה לעשות.\nבוא נלך הביתה!'],
  ['ar', ['windows-1256', 'iso-8859-6'], 'مرحبا، كيف حالك؟\nلا أعرف ماذا أفعل.\nهيا نذهب إلى البيت!'],
  ['lt', ['windows-1257'], 'Labas, kaip sekasi?\nNežinau, ką daryti. Ačiū, eikime namo čia ėjo į mišką.'],
  ['lv', ['windows-1257'], 'Sveiki, kā jums klājas?\nEs nezinu, ko darīt. Paldies, ejam mājās, mīļā.'],
  ['th', ['windows-874'], 'สวัสดี สบายดีไหม\nฉันไม่รู้จะทำอย่างไร\nกลับบ้านกันเถอะ'],
  ['zh-Hans', ['gb18030'], '你好，你怎么样？\n我不知道该怎么办。\n我们回家吧！'],
  ['zh-Hant', ['big5'], '你好，你怎麼樣？\n我不知道該怎麼辦。\n我們回家吧！'],
  ['ja', ['shift_jis', 'euc-jp'], 'こんにちは、お元気ですか？\nどうすればいいか分からない。\n家に帰りましょう！'],
  ['ko', ['euc-kr'], '안녕하세요, 어떻게 지내세요?\n무엇을 해야 할지 모르겠어요.\n집에 갑시다!'],
];
const samples = talk.flatMap(([code, encodings, text]) =>
  encodings.map((encoding) => [code, encoding, text] as [string, string, string]),
);

test.each(samples)('talk in %s is read from %s, with and without a hint', async (code, encoding, text) => {
  const bytes = iconv.encode(text, encoding);
  expect((await decodeText(bytes)).text).toBe(text);
  expect((await decodeText(bytes, languageIn(code)?.encodings)).text).toBe(text);
});

test('the language in the name decides where the letters fit two encodings', async () => {
  const bytes = iconv.encode('Hoy hace buen tiempo mañana', 'windows-1252'); // "mańana" in windows-1250
  const polish = await decodeText(bytes, languageIn('.pl')?.encodings);
  const spanish = await decodeText(bytes, languageIn('.es')?.encodings);
  expect([polish.text, spanish.text]).toEqual(['Hoy hace buen tiempo mańana', 'Hoy hace buen tiempo mañana']);
});

test('a long text is decoded in pieces without breaking a letter', async () => {
  const text = '你好，a你怎么样？\n'.repeat(20_000); // letters of two bytes at odd and even places
  expect((await decodeText(iconv.encode(text, 'gb18030'))).text).toBe(text);
});

test('a wrong language in the name does not make another alphabet of the text', async () => {
  const text = 'Привет, как дела?\nЯ не знаю, что делать.';
  const { text: read } = await decodeText(iconv.encode(text, 'windows-1251'), languageIn('.en')?.encodings);
  expect(read).toBe(text);
});
