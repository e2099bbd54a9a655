/**
 * Finds an ffmpeg and an ffprobe that work, by trying them. In order: the person's own choice
 * (PLAYHEAD_FFMPEG, PLAYHEAD_FFPROBE), ffmpeg-static, the binaries that travel in npm packages, the system's.
 *
 * One exception to the order: a binary without `-fps_mode` (older than ffmpeg 5.1) is used only when nothing
 * newer runs. The npm package's ffmpeg dates from 2018; everything here works with it, but it decodes AV1 slowly
 * and lacks eight years of fixes in the parsers that read other people's files.
 */
import { constants } from 'node:fs';
import path from 'node:path';
import type { ToolStatus } from '../../contract/index.ts';
import { PlayheadError } from '../../contract/index.ts';
import { exists } from '../ports/exists.ts';
import { runTool } from './runFfmpeg.ts';

export interface FoundTool {
  path: string;
  version: string;
  origin: string;
  /** Knows `-fps_mode` (ffmpeg 5.1 and newer). */
  modern: boolean;
}

interface Candidate {
  origin: string;
  path: string;
}

type ToolName = 'ffmpeg' | 'ffprobe';

const TRY_LIMIT_SEC = 20;
let known: { key: string; tools: Promise<{ ffmpeg: FoundTool | null; ffprobe: FoundTool | null }> } | undefined;

/** What was found, for the status page. Never fails. */
export async function locateTools(): Promise<{ ffmpeg: ToolStatus; ffprobe: ToolStatus }> {
  const { ffmpeg, ffprobe } = await findTools();
  return { ffmpeg: toStatus(ffmpeg), ffprobe: toStatus(ffprobe) };
}

/** What is to be said of the ffmpeg that is used: the one of 2018, or another old one. Null of a current one. */
export async function oldToolNotice(): Promise<string | null> {
  const { ffmpeg } = await findTools();
  return ffmpeg === null ? null : describeOldTool(ffmpeg, process.platform);
}

/** Exported for its test. */
export function describeOldTool(tool: FoundTool, platform: NodeJS.Platform): string | null {
  const { modern, origin, version } = tool;
  if (modern) return null;
  const which = origin === '@ffmpeg-installer' ? 'the ffmpeg of 2018 that came along' : `an old ffmpeg from ${origin}`;
  const lacks = 'it lacks years of corrections for damaged and hostile files, and is slow with AV1';
  const why = isOwnChoice(tool) ? 'as you chose' : 'since no newer one runs here';
  return `Films are read with ${which} (${version}), ${why}: ${lacks}. ${installationAdvice(platform)}`;
}

/** @throws PlayheadError `ffmpeg-missing`, with what to install on this system */
export async function requireTool(name: ToolName): Promise<FoundTool> {
  const tool = (await findTools())[name];
  if (tool !== null) return tool;
  known = undefined; // installing it must help without a restart
  throw new PlayheadError({
    code: 'ffmpeg-missing',
    message: `Playhead needs ${name} to read videos and sound, and found none that runs.`,
    hint: installationAdvice(process.platform),
  });
}

/** The first candidate that is modern, else the first that runs. Exported for its test. */
export async function chooseTool(
  candidates: readonly Candidate[],
  tryOne: (candidate: Candidate) => Promise<FoundTool | null>,
): Promise<FoundTool | null> {
  let fallback: FoundTool | null = null;
  for (const candidate of candidates) {
    const found = await tryOne(candidate);
    if (found === null) continue;
    if (found.modern || isOwnChoice(candidate)) return found;
    fallback ??= found;
  }
  return fallback;
}

async function findTools() {
  const key = `${process.env.PLAYHEAD_FFMPEG ?? ''}\n${process.env.PLAYHEAD_FFPROBE ?? ''}\n${process.env.PATH ?? ''}`;
  if (known?.key !== key) known = { key, tools: searchTools() };
  return known.tools;
}

async function searchTools() {
  const ffmpeg = await chooseTool(await ffmpegCandidates(), tryFfmpeg);
  const ffprobe = await chooseTool(await ffprobeCandidates(ffmpeg), tryFfprobe);
  return { ffmpeg, ffprobe };
}

async function ffmpegCandidates(): Promise<Candidate[]> {
  return [
    ...own(process.env.PLAYHEAD_FFMPEG, 'PLAYHEAD_FFMPEG'),
    ...(await fromPackage('ffmpeg-static', 'ffmpeg-static')),
    ...(await fromPackage('@ffmpeg-installer/ffmpeg', '@ffmpeg-installer')),
    ...(await fromSystem('ffmpeg')),
  ];
}

/** The one that stands beside the chosen ffmpeg comes first: two of one build agree on timestamps. */
async function ffprobeCandidates(ffmpeg: FoundTool | null): Promise<Candidate[]> {
  const sibling = ffmpeg && path.join(path.dirname(ffmpeg.path), executable('ffprobe'));
  return [
    ...own(process.env.PLAYHEAD_FFPROBE, 'PLAYHEAD_FFPROBE'),
    ...(ffmpeg && sibling && (await exists(sibling, constants.X_OK)) ? [{ origin: ffmpeg.origin, path: sibling }] : []),
    ...(await fromPackage('@ffprobe-installer/ffprobe', '@ffprobe-installer')),
    ...(await fromSystem('ffprobe')),
  ];
}

async function tryFfmpeg(candidate: Candidate): Promise<FoundTool | null> {
  const version = await versionOf(candidate.path);
  return version === null ? null : { ...candidate, version, modern: await knowsFpsMode(candidate.path) };
}

async function tryFfprobe(candidate: Candidate): Promise<FoundTool | null> {
  const version = await versionOf(candidate.path);
  return version === null ? null : { ...candidate, version, modern: true };
}

async function versionOf(binary: string): Promise<string | null> {
  try {
    const { stdout } = await runTool(binary, ['-version'], { timeLimitSec: TRY_LIMIT_SEC });
    return /^ff\w+ version (\S+)/.exec(Buffer.from(stdout).toString('utf8'))?.[1] ?? null;
  } catch {
    return null; // a binary that does not run is no candidate
  }
}

/** Passes one 2x2 picture through, with the option that is asked about. */
async function knowsFpsMode(binary: string): Promise<boolean> {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24'];
  const args = ['-v', 'error', ...raw, '-s', '2x2', '-i', 'pipe:0', '-fps_mode', 'passthrough', ...raw, 'pipe:1'];
  try {
    const { stdout } = await runTool(binary, args, { input: new Uint8Array(12), timeLimitSec: TRY_LIMIT_SEC });
    return stdout.length === 12;
  } catch {
    return false;
  }
}

function own(binary: string | undefined, origin: string): Candidate[] {
  return binary ? [{ origin, path: binary }] : [];
}

function isOwnChoice(candidate: Candidate): boolean {
  return candidate.origin.startsWith('PLAYHEAD_');
}

/** Packages of binaries export a path, or an object with one; they throw where they have none for this system. */
async function fromPackage(name: string, origin: string): Promise<Candidate[]> {
  try {
    const exported = (await import(name)).default as string | { path?: string } | null;
    const binary = typeof exported === 'string' ? exported : exported?.path;
    // Inside a packaged app, programs lie beside the archive, not in it.
    return binary ? [{ origin, path: binary.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked') }] : [];
  } catch {
    return [];
  }
}

async function fromSystem(name: ToolName): Promise<Candidate[]> {
  // Apps started from a desktop get a short PATH: the usual places are looked at as well.
  const usual = process.platform === 'win32' ? [] : ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin', '/snap/bin'];
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...usual].filter((folder) => folder !== '');
  for (const folder of new Set(folders)) {
    const binary = path.join(folder, executable(name));
    if (await exists(binary, constants.X_OK)) return [{ origin: 'system', path: binary }];
  }
  return [];
}

function executable(name: ToolName): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function toStatus(tool: FoundTool | null): ToolStatus {
  if (tool === null) return { found: false, version: null, origin: null, path: null };
  return { found: true, version: tool.version, origin: tool.origin, path: tool.path };
}

/** Exported for its test. */
export function installationAdvice(platform: NodeJS.Platform): string {
  const ways: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'Install it with "winget install Gyan.FFmpeg"',
    darwin: 'Install it with "brew install ffmpeg"',
    linux: 'Install it with your package manager, for example "sudo apt install ffmpeg"',
  };
  const way = ways[platform] ?? 'Install ffmpeg for your system';
  return `${way}, or set PLAYHEAD_FFMPEG and PLAYHEAD_FFPROBE to the programs' paths.`;
}
