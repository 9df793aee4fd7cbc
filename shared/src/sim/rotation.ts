export interface Vector {
  x: number;
  y: number;
}

/**
 * Turns the unit vector by `angle` radians, |angle| ≤ 0.2. Engines may differ in the last bit of Math.sin and Math.cos,
 * and one bit is enough to tear two replays apart; + - * / and Math.sqrt are exact by IEEE 754 and ECMAScript alike. For so
 * small an angle four terms of the series are as good as the library, and the normalisation keeps the length at 1.
 */
export function rotate(unit: Vector, angle: number): void {
  const a2 = angle * angle;
  const sin = angle * (1 - (a2 / 6) * (1 - a2 / 20));
  const cos = 1 - (a2 / 2) * (1 - (a2 / 12) * (1 - a2 / 30));
  const x = unit.x * cos - unit.y * sin;
  const y = unit.x * sin + unit.y * cos;
  const length = Math.sqrt(x * x + y * y);
  unit.x = x / length;
  unit.y = y / length;
}
