import { expect, it } from 'vitest';
import { asArguments, readOutside } from '../../../src/main/shells/shared/readOutside.ts';

const file = (path: string) => ({ kind: 'file', path });

it.each([
  [['--ask', 'film.mp4'], [file('/films/film.mp4')]],
  [['--ask=/other/a film.mp4'], [file('/other/a film.mp4')]],
  [['--ask=--odd name.mp4'], [file('/films/--odd name.mp4')]],
  [['film “one” 🏖️.mp4'], [file('/films/film “one” 🏖️.mp4')]],
  [['--', '--odd.mp4'], [file('/films/--odd.mp4')]],
  [['file:///films/with%20space.mp4'], [file('/films/with space.mp4')]],
  [['--ask', '//nas/film.mp4'], [file('//nas/film.mp4')]],
  [['\\\\nas\\film.mp4'], [file('\\\\nas\\film.mp4')]],
  [['smb://nas/film.mp4'], [file('smb://nas/film.mp4')]],
  [['a.mp4', 'b.mp4'], [{ kind: 'files', paths: ['/films/a.mp4', '/films/b.mp4'] }]],
  [['--ask', 'a.mp4', 'b.mp4', 'c.mp4'], [{ kind: 'files', paths: ['/films/a.mp4', '/films/b.mp4', '/films/c.mp4'] }]],
  [['--ask', 'two\nlines\\and "quotes" $x %41.mp4'], [file('/films/two\nlines\\and "quotes" $x %41.mp4')]],
  [['--ask', 'file:///films/two%0Alines.mp4'], [file('/films/two\nlines.mp4')]],
  [['--', ''], []],
  [['--ask'], []],
  [['--no-sandbox', '--type=x', ''], []],
])('arguments %j ask for %j', (args, expected) => {
  expect(readOutside(args, '/films')).toEqual(expected);
});

it('what comes along with a link is passed over: it may have been smuggled in by whoever made the link', () => {
  const link = 'playhead://ask?path=/a';
  expect(readOutside([link, '/etc/passwd', '--ask', '/b.mp4'], '/films')).toEqual([{ kind: 'link', link }]);
  expect(readOutside(['--', link, 'C:\\secret'], '/films')).toEqual([{ kind: 'link', link }]);
});

it('a link stays a link, however it is given: it never becomes a file that the person named', () => {
  for (const args of [
    ['playhead://ask?path=/a'],
    ['--ask', 'playhead://ask?path=/a'],
    ['--ask=PLAYHEAD://ask?path=/a'],
  ]) {
    expect(
      readOutside(args, '/films').map(({ kind }) => kind),
      args.join(' '),
    ).toEqual(['link']);
  }
});

it.each([
  [[file('/films/--odd\n"name" 🏖️.mp4')]],
  [[{ kind: 'files', paths: ['/a.mp4', '//nas/b.mp4'] }]],
  [[{ kind: 'link', link: 'playhead://ask?path=/a' }]],
  [[]],
] as const)('what is given to another start is read there as it was meant: %j', (outside) => {
  expect(readOutside(asArguments(outside as never), '/elsewhere')).toEqual(outside);
});
