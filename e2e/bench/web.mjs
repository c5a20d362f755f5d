// Measures the interface in headless Chromium and prints the figures as JSON, for `cargo xtask bench web`.
//
// KINOMETA_BENCH_COOKIE=<the session cookie> node bench/web.mjs <address of the server>
import { chromium } from '@playwright/test';
import { gzipSync } from 'node:zlib';

const [address] = process.argv.slice(2);
const cookie = process.env.KINOMETA_BENCH_COOKIE ?? '';
/** CPU slowdown that simulates a phone, as a factor. */
const CPU_SLOWDOWN = 4;
/** Number of pixels by which the grid is scrolled in each frame. */
const STEP = 700;
/** Number of visits. The median counts, because other processes sometimes slow the machine down. */
const VISITS = 5;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox']
});

/** Opens a page in a new browser context with nothing but the session's cookie. */
async function open(slowdown) {
  const [name, ...value] = cookie.split('=');
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block'
  });
  await context.addCookies([{ name, value: value.join('='), url: address }]);
  const page = await context.newPage();
  if (slowdown > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  await page.addInitScript(() => {
    const seen = { lcp: 0, cls: 0 };
    window.benchmark = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.lcp = Math.max(seen.lcp, entry.startTime);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return { context, page };
}

async function waitUntilSettled(page) {
  await page
    .getByRole('heading', { level: 1 })
    .or(page.getByRole('heading', { level: 2 }))
    .first()
    .waitFor();
  await page.waitForFunction(() => document.querySelector('div.skeleton') === null);
  // Wait for the last images and the layout shifts that they cause.
  await page.waitForTimeout(1_500);
}

/** Measures Home in a browser with an empty cache. */
async function coldHome() {
  const { context, page } = await open(CPU_SLOWDOWN);
  const scripts = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      scripts.push(
        response.body().then((body) => ({ url: response.url(), bytes: gzipSync(body, { level: 9 }).length }))
      );
  });
  await page.goto(`${address}/`);
  await waitUntilSettled(page);
  const figures = await page.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const before = performance.getEntriesByType('resource').filter((entry) => entry.startTime <= paint);
    return { paint, requests: before.length + 1, ...window.benchmark };
  });
  const loaded = await Promise.all(scripts);
  await context.close();
  return {
    first_paint_ms: figures.paint,
    requests_before_first_paint: figures.requests,
    scripts_gz_bytes: loaded.reduce((sum, script) => sum + script.bytes, 0),
    scripts: loaded.length,
    lcp_ms: figures.lcp,
    cls: figures.cls
  };
}

/** Measures the time from the click on Movies to its first card, in milliseconds. */
async function openMovies(page) {
  await page.goto(`${address}/`);
  await waitUntilSettled(page);
  return page.evaluate(
    () =>
      new Promise((done) => {
        const started = performance.now();
        const look = () => {
          if (document.querySelector('li[data-index="0"] a'))
            requestAnimationFrame(() => done(performance.now() - started));
          else requestAnimationFrame(look);
        };
        document.querySelector('nav a[href="/movies"]').click();
        look();
      })
  );
}

/** Measures the longest frame while the grid is scrolled from top to bottom. */
async function scrollThrough(page) {
  await page.goto(`${address}/movies`);
  await page.locator('li[data-index="0"] a').first().waitFor();
  await page.waitForTimeout(1_500);
  return page.evaluate(
    (step) =>
      new Promise((done) => {
        let last = performance.now();
        const frames = [];
        const next = (now) => {
          frames.push(now - last);
          last = now;
          const end = document.documentElement.scrollHeight - innerHeight;
          if (scrollY >= end - 1) {
            // The first frame includes the wait before scrolling starts.
            frames.shift();
            const slow = frames.filter((frame) => frame > 50).length;
            done({ longest_frame_ms: Math.max(...frames), slow_frames: slow, frames: frames.length });
            return;
          }
          scrollTo(0, Math.min(end, scrollY + step));
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    STEP
  );
}

/** Visits Home once, because the server resizes each image on its first request and caches it. */
async function warmUp() {
  const { context, page } = await open(1);
  await page.goto(`${address}/`);
  await waitUntilSettled(page);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await context.close();
}

/** Returns the median of each figure. */
function medians(visits) {
  const median = (name) => {
    const values = visits.map((visit) => visit[name]).sort((one, other) => one - other);
    return values[Math.floor(values.length / 2)];
  };
  return Object.fromEntries(Object.keys(visits[0]).map((name) => [name, median(name)]));
}

try {
  await warmUp();
  const visits = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const home = await coldHome();
    const { context, page } = await open(1);
    const to_movies_ms = await openMovies(page);
    const scroll = await scrollThrough(page);
    await context.close();
    visits.push({ ...home, to_movies_ms, ...scroll });
    console.log(JSON.stringify(visits.at(-1)));
  }
  console.log(JSON.stringify(medians(visits)));
} finally {
  await browser.close();
}
