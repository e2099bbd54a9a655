import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MediaWalk } from '../../../../src/main/engine/scan/walkMedia.ts';

/** A folder with files of these sizes in bytes, or these contents. */
async function folderOf(files: Record<string, number | string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-walk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'number' ? Buffer.alloc(content) : content);
  }
  return folder;
}

async function walk(folder: string, ...paths: string[]) {
  const walking = new MediaWalk(paths.length > 0 ? paths : [folder]);
  const files: string[] = [];
  for await (const { path } of walking.files()) files.push(relative(folder, path));
  const passedOver = Object.fromEntries(walking.passedOver.list().map(({ reason, count }) => [reason, count]));
  return { files, passedOver, rejected: walking.rejected.map(({ code, file }) => [code, file]), share: walking.share };
}

const sorted = (names: string[]) => [...names].sort();
const asFiles = (names: string[]) => Object.fromEntries(names.map((name) => [name, 1]));

test('each file is told as soon as it is found, the smallest of a folder first, folders after files', async () => {
  const folder = await folderOf({ 'a film.mp4': 3000, 'b.mp4': 20, 'deep/c.wav': 10, 'deep/d/e.mkv': 1 });
  const found = await walk(folder);
  expect(found.files).toEqual(['b.mp4', 'a film.mp4', join('deep', 'c.wav'), join('deep', 'd', 'e.mkv')]);
  expect(found).toMatchObject({ passedOver: {}, rejected: [], share: 1 });
  const walking = new MediaWalk([folder]).files();
  expect((await walking.next()).value.path).toBe(join(folder, 'b.mp4'));
  await walking.return(undefined);
});

test('every ending that people have is known, in any case', async () => {
  const names = (
    'a.mka b.m4b c.3g2 d.mxf e.asf f.f4v g.qt h.mp2 i.m2t j.caf k.ac3 l.apng m.jfif n.m2v o.mod p.divx q.insv r.LRV ' +
    's.jpe t.heic u.heif v.avif w.jxl x.dv y.opus z.spx aa.amr ab.aiff ac.wv ad.ape ae.dsf af.tta ag.vob ah.ogv ai.rm ' +
    'aj.rmvb ak.wtv al.y4m am.nut an.webp ao.bmp ap.tiff aq.MTS ar.m2ts as.tod at.mpg au.weba av.GIF aw.webm ax.dts'
  ).split(' ');
  const { files, passedOver } = await walk(await folderOf(asFiles(names)));
  expect(sorted(files)).toEqual(sorted(names));
  expect(passedOver).toEqual({});
});

test('what is passed over is counted by reason; subtitles are not, since they are read with their film', async () => {
  const names = ['film.mp4', 'film.srt', 'film.xmp', 'notes.txt', 'Thumbs.db', '.hidden.mp4', '.secret/a.mp4'];
  expect(await walk(await folderOf(asFiles(names)))).toMatchObject({
    files: ['film.mp4'],
    passedOver: {
      'no video, sound or picture by their ending': 2,
      'side files of films and pictures': 1,
      'hidden files': 1,
      'hidden folders': 1,
    },
  });
});

test('folders of network drives, systems, cameras and programs are passed over', async () => {
  const folders = [
    '@eaDir/x.jpg',
    '#recycle',
    '$RECYCLE.BIN',
    'System Volume Information',
    '.Trashes',
    '.thumbnails',
    '__MACOSX',
    'lost+found',
    'node_modules/x',
    'Photos.photoslibrary/resources',
    'Catalog Previews.lrdata/1',
    'card/MISC',
    'sony/M4ROOT/THMBNL',
  ];
  const own = [
    'a.jpg',
    'card/DCIM/b.mp4',
    'sony/M4ROOT/CLIP/c.mp4',
    'misc/d.mp4',
    'Photos.photoslibrary/originals/e.jpg',
  ];
  const folder = await folderOf(asFiles([...own, ...folders.map((name) => `${name}/SYNOPHOTO_THUMB_M.jpg`)]));
  const { files, passedOver } = await walk(folder);
  expect(sorted(files)).toEqual(sorted(own.map((name) => join(...name.split('/')))));
  expect(Object.values(passedOver).reduce((sum, count) => sum + count)).toBe(folders.length);
});

test('a folder or file that is named outright is taken, whatever it is called', async () => {
  const folder = await folderOf({ '.hidden/a.mp4': 1, 'clip.xyz': 1 });
  const { files } = await walk(folder, join(folder, '.hidden'), join(folder, 'clip.xyz'), join(folder, 'clip.xyz'));
  expect(files).toEqual([join('.hidden', 'a.mp4'), 'clip.xyz']);
});

test('a path that is not there is told by name and does not stop the rest', async () => {
  const folder = await folderOf({ 'b.mp4': 20 });
  const { files, rejected } = await walk(folder, join(folder, 'gone'), folder);
  expect(files).toEqual(['b.mp4']);
  expect(rejected).toEqual([['file-not-found', join(folder, 'gone')]]);
});

test.skipIf(process.platform === 'win32')('links are followed once, and a loop ends', async () => {
  const store = await folderOf({ 'film.mp4': 5, 'more/clip.mp4': 5, 'more/other.mp4': 5 });
  const folder = await folderOf({ 'own.mp4': 1, 'deep/x.mp4': 1 });
  await symlink(join(store, 'film.mp4'), join(folder, 'a.mp4'));
  await symlink(join(store, 'film.mp4'), join(folder, 'b.mp4'));
  await symlink(join(store, 'more'), join(folder, 'linked'));
  await symlink(join(store, 'more'), join(folder, 'linked again'));
  await symlink(folder, join(folder, 'deep', 'loop'));
  await symlink(join(folder, 'own.mp4'), join(folder, 'deep', 'own too.mp4'));
  await symlink(join(folder, 'nowhere'), join(folder, 'broken.mp4'));
  await symlink('/dev/zero', join(folder, 'zero.mp4'));
  execFileSync('mkfifo', [join(folder, 'pipe.mp4')]);
  const { files, passedOver } = await walk(folder);
  const linked = ['clip.mp4', 'other.mp4'].map((name) => join('linked', name));
  expect(sorted(files)).toEqual(sorted(['a.mp4', 'own.mp4', join('deep', 'x.mp4'), ...linked]));
  expect(passedOver).toEqual({
    'links to what is found anyway': 4,
    'links to nothing': 1,
    'no plain files': 2,
  });
});

test('the moving half of a Live Photo goes with its picture; a film beside its cover is a film', async () => {
  const key = `moov ${'x'.repeat(100)} com.apple.quicktime.content.identifier`;
  const folder = await folderOf({
    'IMG_1.HEIC': 10,
    'IMG_1.MOV': key,
    'trip.jpg': 10,
    'trip.mov': 50,
    'IMG_2.MOV': key,
  });
  const { files, passedOver } = await walk(folder);
  expect(sorted(files)).toEqual(['IMG_1.HEIC', 'IMG_2.MOV', 'trip.jpg', 'trip.mov']);
  expect(passedOver).toEqual({ 'moving halves of Live Photos, whose pictures are taken': 1 });
});

test('the small copy that a camera writes beside its film is passed over; alone it is a film', async () => {
  const names = ['GX010001.MP4', 'GL010001.LRV', 'GX010001.THM', 'b.mp4', 'b.lrv', 'alone.LRV'];
  const { files, passedOver } = await walk(await folderOf(asFiles(names)));
  expect(sorted(files)).toEqual(['GX010001.MP4', 'alone.LRV', 'b.mp4']);
  expect(passedOver).toEqual({
    'small copies that a camera wrote beside its film': 2,
    'side files of films and pictures': 1,
  });
});

test('a walk among changed paths comes to what a whole walk would, and to no more', async () => {
  const folder = await folderOf({
    ...asFiles(['a.mp4', 'b.mp4', '.hidden/c.mp4', 'notes.txt', 'deep/d.mp4', 'deep/er/e.mp4', 'node_modules/f.mp4']),
    ...asFiles(['left/g.mp4', 'GX010001.MP4', 'GL010001.LRV']),
  });
  const walking = new MediaWalk([folder], { leaveOut: (path) => (path.endsWith('left') ? 'left out' : null) });
  const among = async (...names: string[]) => {
    const files: string[] = [];
    for await (const { path } of walking.filesAmong(names.map((name) => join(folder, name))))
      files.push(relative(folder, path));
    return files;
  };
  expect(await among('b.mp4', 'gone.mp4', 'notes.txt', 'GL010001.LRV')).toEqual(['b.mp4']);
  expect(await among('.hidden/c.mp4', 'node_modules/f.mp4', 'left/g.mp4', 'gone/h.mp4', '../beside.mp4')).toEqual([]);
  expect(await among('deep')).toEqual([join('deep', 'd.mp4'), join('deep', 'er', 'e.mp4')]);
});
