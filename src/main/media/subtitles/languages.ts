/**
 * The languages that file names of subtitles tell, by every name under which players and people write them, and the
 * encodings that were used for them before UTF-8, the likeliest first. Names are lower case, without accents.
 */

export interface Language {
  /** ISO 639-1. */
  code: string;
  names: readonly string[];
  /** Names of iconv-lite. */
  encodings: readonly string[];
}

const WESTERN = ['windows-1252'];
const CENTRAL = ['windows-1250', 'iso-8859-2'];
const CYRILLIC = ['windows-1251', 'koi8-r', 'cp866', 'iso-8859-5'];
const BALTIC = ['windows-1257'];
const CHINESE = ['gb18030', 'big5'];

/** "code: names" is one row; the code itself is a name, too. */
function rows(encodings: readonly string[], table: string): Language[] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [code = '', names = ''] = row.trim().split(': ');
      return { code, names: [code, ...names.split(' ')], encodings };
    });
}

export const LANGUAGES: readonly Language[] = [
  ...rows(
    WESTERN,
    `en: eng english
     de: ger deu german deutsch
     fr: fre fra french francais vf vff vostfr
     es: spa spanish espanol castellano castilian latino lat esp
     pt: por portuguese portugues brazilian brasil brazil ptbr pob pb
     it: ita italian italiano
     nl: dut nld dutch nederlands flemish
     sv: swe swedish svenska
     da: dan danish dansk
     no: nor nob nno nb nn norwegian norsk
     fi: fin finnish suomi
     is: ice isl icelandic islenska
     ca: cat catalan catala
     eu: baq eus basque euskara
     gl: glg galician galego
     ga: gle irish gaeilge
     cy: wel cym welsh cymraeg
     af: afr afrikaans
     id: ind indonesian indonesia bahasa
     ms: may msa malay melayu
     fil: tl tgl filipino tagalog
     sw: swa swahili
     la: latin`,
  ),
  ...rows(
    CENTRAL,
    `cs: cze ces czech cesky cestina
     pl: pol polish polski
     hu: hun hungarian magyar
     ro: rum ron romanian romana
     sk: slo slk slovak slovencina
     sl: slv slovenian slovene slovenscina
     hr: hrv scr croatian hrvatski
     bs: bos bosnian bosanski
     sq: alb sqi albanian shqip`,
  ),
  ...rows(
    CYRILLIC,
    `ru: rus russian русскии рус
     bg: bul bulgarian български
     mk: mac mkd macedonian македонски
     be: bel belarusian беларуская
     kk: kaz kazakh қазақша`,
  ),
  ...rows(['windows-1251', 'koi8-u', 'cp866'], 'uk: ukr ukrainian украінська укр'),
  ...rows(['windows-1250', 'windows-1251', 'iso-8859-2'], 'sr: srp scc serbian srpski српски'),
  ...rows(
    ['windows-1254', 'iso-8859-9'],
    `tr: tur turkish turkce
     az: aze azerbaijani`,
  ),
  ...rows(['windows-1253', 'iso-8859-7'], 'el: gre ell greek ελληνικα'),
  ...rows(['windows-1255'], 'he: heb hebrew iw עברית'),
  ...rows(
    ['windows-1256', 'iso-8859-6'],
    `ar: ara arabic العربية عربي
     fa: per fas persian farsi فارسی
     ur: urd urdu اردو`,
  ),
  ...rows(
    BALTIC,
    `lt: lit lithuanian lietuviu
     lv: lav latvian latviesu
     et: est estonian eesti`,
  ),
  ...rows(['windows-1258'], 'vi: vie vietnamese viet'),
  ...rows(['windows-874'], 'th: tha thai ไทย'),
  ...rows(['gb18030'], 'zh-Hans: chs sc gb hans zhcn zhsg simplified 简体 简中 简 简体中文 简英 中英'),
  ...rows(['big5', 'gb18030'], 'zh-Hant: cht tc hant zhtw zhhk traditional 繁體 繁体 繁中 繁 繁體中文 big5'),
  ...rows(CHINESE, 'zh: chi zho chinese mandarin cantonese yue cn 中文 中字 双语 雙語'),
  ...rows(['shift_jis', 'euc-jp', 'iso-2022-jp'], 'ja: jpn japanese jp jap 日本語 日语'),
  ...rows(['euc-kr'], 'ko: kor korean kr 한국어'),
  ...rows([], 'hi: hin hindi\nbn: ben bengali\nta: tam tamil\nte: tel telugu\nml: mal malayalam\nka: geo kat georgian'),
  ...rows([], 'hy: arm hye armenian\nmn: mon mongolian\nkm: khm khmer\nlo: lao\nmy: bur mya burmese\nsi: sin sinhala'),
];

/** Words that stand beside a language in a name, and regions ("pt-BR"), which are no language of their own. */
export const NAME_FLAGS: readonly string[] = (
  'forced foreign sdh cc hi hearing impaired full default signs songs commentary comment dialogue dubtitle sub subs ' +
  'subtitle subtitles und mul orig original auto ai br us gb uk mx pt tw hk cn ca au latam 419 1 2 3 4 5 6 7 8 9'
).split(' ');
