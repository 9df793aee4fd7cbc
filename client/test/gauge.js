/**
 * Loaded into a page before anything of its own: what it draws by WebGL in each frame. Plain JavaScript, since a compiler would
 * leave calls of its own in here that the page does not have.
 */
{
  /** @type {import('./gauge.ts').GaugedFrame[]} */
  const frames = [];
  /** @type {import('./gauge.ts').Gauge} */
  const gauge = { frames, firstFrameMs: undefined, keysMs: undefined };
  window.__gauge = gauge;

  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((atMs) => {
      // All callbacks of one frame are called with the same time.
      let frame = frames.at(-1);
      if (frame?.atMs !== atMs) {
        frame = { atMs, drawCalls: 0 };
        frames.push(frame);
      }
      callback(atMs);
    });

  const count = () => {
    const frame = frames.at(-1);
    if (frame) frame.drawCalls += 1;
    if (gauge.firstFrameMs === undefined) request(awaitSight);
  };
  /** The frame after the first drawn one: by then that one was handed to the screen. It counts once nothing covers it. */
  const awaitSight = () => {
    if (gauge.firstFrameMs !== undefined) return;
    if (document.querySelector('#splash')) request(awaitSight);
    else {
      gauge.firstFrameMs = performance.now();
      window.__gaugeFirstFrame?.(`${gauge.firstFrameMs}`);
      request(awaitKeys);
    }
  };
  const awaitKeys = () => {
    if (!document.querySelector('.panel button')) request(awaitKeys);
    else {
      gauge.keysMs = performance.now();
      window.__gaugeKeys?.(`${gauge.keysMs}`);
    }
  };

  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext])
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (!/^draw(Arrays|Elements|RangeElements)/.test(name)) continue;
      const draw = Reflect.get(prototype, name);
      // As many values as the widest of them takes, by name: a list of them would be made anew for each call.
      Reflect.set(prototype, name, function (a, b, c, d, e, f) {
        count();
        return draw.call(this, a, b, c, d, e, f);
      });
    }
}
