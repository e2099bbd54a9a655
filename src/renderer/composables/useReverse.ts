/** Plays backwards as stills: each one is shown before the next is asked for. */
import { type Ref, ref } from 'vue';

/** Milliseconds between two stills, at least. */
const GAP_MS = 1000 / 25;

interface Screen {
  timeSec: Readonly<Ref<number>>;
  /** Asks for the picture of a moment. */
  show(sec: number): void;
  /** True while one is on its way. */
  isBusy(): boolean;
}

export function useReverse({ timeSec, show, isBusy }: Screen, now = () => performance.now()) {
  /** Times the normal speed, 0 while it does not run backwards. */
  const reverseSpeed = ref(0);
  let from = { sec: 0, atMs: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run(speed: number): void {
    stop();
    from = { sec: timeSec.value, atMs: now() };
    reverseSpeed.value = speed;
    step();
  }

  function stop(): void {
    clearTimeout(timer);
    reverseSpeed.value = 0;
  }

  function step(): void {
    const sec = from.sec - (reverseSpeed.value * (now() - from.atMs)) / 1000;
    if (!isBusy()) show(Math.max(0, sec));
    if (sec <= 0) stop();
    else timer = setTimeout(step, GAP_MS);
  }

  return { reverseSpeed, runBackwards: run, stopBackwards: stop };
}
