/** What is typed, and what must come of it: the files in any order, nothing else, and where the first one opens. */
export interface GradedSearch {
  text: string;
  /** Names without folders. */
  files: string[];
  /** Seconds at which the first hit opens, to a look or a cue exactly. */
  atSec?: number | [least: number, most: number];
  /** The kind of the first reason. */
  because?: string;
  /** The result must say so, or must say nothing of it. */
  notice?: RegExp;
}

const bothSpeeches = ['speech.mp4', 'IMG_0042.mp4'];

export const gradedSearches: readonly GradedSearch[] = [
  // Words of file names, their other forms, parts of glued names.
  { text: 'peppers', files: ['peppers.mp4'], because: 'fileName' },
  { text: 'pepper', files: ['peppers.mp4'], because: 'fileName' },
  { text: 'Iceland', files: ['RoadTrip_Iceland2019.mp4'] },
  { text: 'road trip', files: ['RoadTrip_Iceland2019.mp4'] },
  { text: 'trips 2019', files: ['RoadTrip_Iceland2019.mp4'] },
  { text: 'party', files: ['party 🎉🎂.mp4'] },
  { text: 'lectures', files: ['lecture.mp4'] },
  { text: 'a video of a party', files: ['party 🎉🎂.mp4'] },
  { text: 'the clip about volcanoes', files: ['lecture.mp4'], atSec: 1 },
  { text: 'moscow video', files: ['moscow.mp4'] },

  // Half of the words is no answer; the thing without its colour is told as such.
  { text: 'red pepper', files: ['peppers.mp4'], notice: /Nothing has all of these words: “red”, “pepper”/ },
  { text: 'two men', files: [] },
  { text: 'two peppers', files: ['peppers.mp4'], notice: /Nothing has all/ },
  { text: 'iceland volcano', files: [] },
  { text: 'green lava', files: ['lecture.mp4'], notice: /Nothing has all/ },
  { text: 'party lecture', files: [] },
  { text: 'red birthday', files: bothSpeeches, notice: /Nothing has all/ },

  // The name or folder of a file together with what is known of its moment.
  { text: 'lecture lava', files: ['lecture.mp4'], atSec: 4.5 },
  { text: 'lecture cold sea', files: ['lecture.mp4'], atSec: 8 },
  { text: 'bakery cat', files: ['bakery.mp4'], atSec: [0, 3] },

  // Folders.
  { text: 'grandma', files: bothSpeeches, because: 'folder' },
  { text: 'grandmas birthday', files: bothSpeeches },
  { text: 'birthday speech', files: ['speech.mp4'] },
  { text: '80th', files: bothSpeeches },
  { text: 'shapes', files: ['one.mp4', 'three.mp4', 'four.mp4'], because: 'folder' },

  // Tags.
  { text: 'Nina Simone', files: ['track01.mp3'], because: 'tag' },
  { text: 'sinnerman', files: ['track01.mp3'] },
  { text: 'simone sinnerman', files: ['track01.mp3'] },
  { text: 'pastel blues', files: ['track01.mp3'] },
  { text: 'bjork', files: ['track02.ogg'], because: 'tag' },
  { text: 'JÓGA', files: ['track02.ogg'] },
  { text: 'lighthouse keeper', files: ['interview.m4a'] },
  { text: 'interview storms', files: ['interview.m4a'] },
  { text: 'harbour lights', files: ['inside.mkv'] },
  { text: 'pier', files: ['inside.mkv'] },
  { text: 'nina bjork', files: [] },

  // What is said opens where it is said.
  { text: 'volcanoes', files: ['lecture.mp4'], atSec: 1, because: 'subtitle' },
  { text: 'volcano', files: ['lecture.mp4'], atSec: 1 },
  { text: 'hot lava', files: ['lecture.mp4'], atSec: 4.5 },
  { text: 'cold', files: ['lecture.mp4'], atSec: 8 },
  { text: 'listening', files: ['lecture.mp4'], atSec: 8 },
  { text: 'stole my money', files: ['dialogue.mp4'], atSec: 0.5 },
  { text: 'daddario', files: ['dialogue.mp4'], atSec: 3 },
  { text: "d'addario strings", files: ['dialogue.mp4'], atSec: 3 },
  { text: 'never again', files: ['dialogue.mp4'], atSec: 5.5 },

  // Phrases in quotes stand as they were typed, or nowhere.
  { text: '"never said"', files: ['dialogue.mp4'], atSec: 0.5 },
  { text: '“never stole”', files: [], notice: /Nothing has “never stole” word for word/ },
  { text: '"into the sea"', files: ['lecture.mp4'], atSec: 4.5 },
  { text: '"the sea is"', files: ['lecture.mp4'], atSec: 8 },
  { text: '"sea the"', files: [], notice: /word for word/ },
  { text: '«Pastel Blues»', files: ['track01.mp3'] },
  { text: '"blues pastel"', files: [], notice: /word for word/ },
  { text: '"red pepper"', files: [], notice: /word for word/ },
  { text: '"pepper"', files: [], notice: /Nothing has “pepper” word for word/ },
  { text: '"elm street" bakery', files: ['bakery.mp4'], atSec: [3.5, 6] },

  // Other scripts.
  { text: '東京', files: ['tokyo.mp4'], atSec: 1 },
  { text: '夜景', files: ['tokyo.mp4'], atSec: 1 },
  { text: 'きれい', files: ['tokyo.mp4'], atSec: 3.5 },
  { text: '大阪', files: [] },
  { text: 'привет', files: ['moscow.mp4'], atSec: 1 },
  { text: 'МИР', files: ['moscow.mp4'], atSec: 1 },
  { text: 'добро пожаловать', files: ['moscow.mp4'], atSec: 1 },

  // Emoji.
  { text: '🎉', files: ['party 🎉🎂.mp4'], because: 'fileName' },
  { text: '🎂 party', files: ['party 🎉🎂.mp4'] },
  { text: '🇮🇸', files: ['day one.mp4'], because: 'folder' },
  { text: '🎈', files: [] },

  // What is seen and read opens within a look of where it is.
  { text: 'elm street', files: ['bakery.mp4'], atSec: [3.5, 6], because: 'screenText' },
  { text: 'cat', files: ['bakery.mp4'], atSec: [0, 3], because: 'thing' },
  { text: 'kitten', files: ['bakery.mp4'], atSec: [0, 3] },

  // The sample world.
  { text: 'red circle', files: ['one.mp4'], because: 'caption' },
  { text: 'yellow star', files: ['four.mp4'] },
  { text: 'blue square', files: ['three.mp4'] },

  // Words of one question in different kinds of knowledge of one moment: said, seen, read, described, named.
  { text: 'cat bread', files: ['bakery.mp4'], atSec: [0, 3] },
  { text: 'fresh bread cat', files: ['bakery.mp4'], atSec: 0.5, because: 'subtitle' },
  { text: 'kitten bread', files: ['bakery.mp4'], atSec: [0, 3] },
  { text: 'elm corner', files: ['bakery.mp4'], atSec: [3.5, 6] },
  { text: 'turn left elm street', files: ['bakery.mp4'], atSec: [3.5, 6] },
  { text: 'street corner', files: ['bakery.mp4'], atSec: [3.5, 6] },
  { text: 'bakery bread cat', files: ['bakery.mp4'], atSec: [0, 3] },
  { text: 'circle parade', files: ['one.mp4'], atSec: [0, 3] },
  { text: 'red circle parade', files: ['one.mp4'], because: 'caption' },
  { text: 'shapes parade', files: ['one.mp4'], atSec: 1 },
  { text: 'shapes circle parade', files: ['one.mp4'] },
  { text: '"the parade" circle', files: ['one.mp4'] },
  // The words lie in different moments, or in different files: no moment has them.
  { text: 'bread corner', files: [] },
  { text: 'cat elm', files: [] },
  { text: 'star parade', files: [] },
  { text: 'lava parade', files: [] },
  { text: 'bread lava sea', files: ['lecture.mp4'], notice: /Nothing has all/ },

  // What is said, in other words and forms.
  { text: 'breads', files: ['bakery.mp4'], atSec: 0.5 },
  { text: 'turns left', files: ['bakery.mp4'], atSec: 4 },
  { text: 'parades', files: ['one.mp4'], atSec: 1 },
  { text: 'corners', files: ['bakery.mp4'], atSec: 4, because: 'subtitle' },
  { text: '"turn left"', files: ['bakery.mp4'], atSec: 4 },
  { text: '"left turn"', files: [], notice: /word for word/ },
  { text: 'hotlava', files: ['lecture.mp4'], atSec: 4.5 },

  // What is said, in words of one's own.
  { text: 'brand of strings', files: ['dialogue.mp4'], atSec: 3 },
  { text: 'where to buy bread', files: ['bakery.mp4'], atSec: 0.5 },
  { text: 'a talk on volcano eruptions', files: ['lecture.mp4'] },
  { text: 'molten rock moves to the ocean', files: ['lecture.mp4'], atSec: 4.5, because: 'meaning' },
  { text: 'somebody who took the cash', files: ['dialogue.mp4'], atSec: 0.5, because: 'meaning' },

  // The kind of a thing that is seen or spoken of.
  { text: 'animal', files: ['bakery.mp4'], atSec: [0, 3] },
  { text: 'feline', files: ['bakery.mp4'], atSec: [0, 3], because: 'thing' },
  { text: 'baked goods', files: ['bakery.mp4'], atSec: 0.5, because: 'subtitle' },

  // A voice, whatever it says.
  { text: 'someone speaks', files: ['track03.ogg'], atSec: [0, 1], because: 'speech' },
  { text: 'a voice', files: ['track03.ogg'], because: 'speech' },

  // A typing error is told.
  { text: 'lecure', files: ['lecture.mp4'], notice: /“lecure” is nowhere/ },
  { text: 'sinerman', files: ['track01.mp3'], notice: /“sinerman” is nowhere/ },

  // Of another world, or of none: nothing, and no excuse.
  ...[
    'woman',
    'guitar',
    'man with a hat',
    'dancing people',
    'airplane',
    'xqzvvk',
    'asdf qwer zxcv',
    'rain',
    'ring road',
  ].map((text) => ({ text, files: [] })),
];
