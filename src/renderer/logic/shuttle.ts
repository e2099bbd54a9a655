/** How J, K and L drive: each further press of the same key goes faster, the other key turns round. */

/** Times the normal speed; what is below 0 runs backwards, as stills. */
const FORWARD = [1, 1.5, 2, 3, 4, 8] as const;
const BACKWARD = [-1, -2, -4, -8] as const;

/** @param speed as it is now; 0 when it stands. @param usual the speed at which L begins */
export function shuttle(speed: number, direction: 1 | -1, usual = 1): number {
  if (direction === 1) return speed > 0 ? (FORWARD.find((step) => step > speed) ?? speed) : usual;
  return speed < 0 ? (BACKWARD.find((step) => step < speed) ?? speed) : -1;
}

/** Speeds that are offered for playing. */
export const playSpeeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

export function nextSpeed(speed: number, direction: 1 | -1): number {
  const steps = direction === 1 ? playSpeeds : [...playSpeeds].reverse();
  return steps.find((step) => (step - speed) * direction > 0) ?? speed;
}

/** The middle of the frame that is on the screen at a moment, or of its neighbour: there rounding does no harm. Seconds. */
export function frameTime(sec: number, fps: number, step = 0): number {
  const rate = fps > 0 ? fps : 25;
  return (Math.max(0, Math.floor(sec * rate + 1e-3) + step) + 0.5) / rate;
}
