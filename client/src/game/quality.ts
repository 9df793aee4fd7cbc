/** What a page may know of the device it runs on. */
export interface Device {
  userAgent: string;
  /** Rounded by the browser; Apple's and Mozilla's say nothing. */
  memoryGb?: number | undefined;
  cores?: number | undefined;
}

export type DeviceClass = 'LOW' | 'AVERAGE' | 'HIGH';

/** How much ornament the device can bear. Reduced motion stands beside it: that is a wish, this a weakness. */
export interface Quality {
  /** Pixels of the canvas to the CSS pixel, at most. */
  ratioMax: number;
  /** Sparks that fly at once. */
  sparksMax: number;
  /** Part of a burst's sparks that is made. */
  burst: number;
  /** Discs of the comet's trail. */
  trail: number;
  stars: number;
  /** Far planets beside a wide playfield. */
  far: boolean;
  power: 'default' | 'high-performance';
}

const QUALITY: Record<DeviceClass, Quality> = {
  LOW: { ratioMax: 1.5, sparksMax: 50, burst: 0.5, trail: 24, stars: 36, far: false, power: 'default' },
  AVERAGE: { ratioMax: 2, sparksMax: 140, burst: 1, trail: 48, stars: 84, far: true, power: 'default' },
  HIGH: {
    ratioMax: 2,
    sparksMax: 140,
    burst: 1,
    trail: 48,
    stars: 84,
    far: true,
    power: 'high-performance',
  },
};

export const qualityOf = (device: Device): Quality => QUALITY[classOf(device)];

/** Telegram for Android measures the phone itself and ends its user agent with the result; anybody else is guessed at. */
export function classOf({ userAgent, memoryGb, cores }: Device): DeviceClass {
  const told = /Telegram-Android\/\S+ \([^)]*\b(LOW|AVERAGE|HIGH)\)/.exec(userAgent)?.[1];
  if (told) return told as DeviceClass;
  if (memoryGb === undefined) return cores !== undefined && cores <= 2 ? 'LOW' : 'AVERAGE';
  if (memoryGb <= 2) return 'LOW';
  return memoryGb >= 8 && cores !== undefined && cores >= 8 ? 'HIGH' : 'AVERAGE';
}
