import { expect, it } from 'vitest';
import type { ReportPlayback } from '$lib/api';
import { Reporter } from './reporter';

function setUp() {
  const sent: ReportPlayback[] = [];
  const last: ReportPlayback[] = [];
  const responses: ((response: string) => void)[] = [];
  const results: string[] = [];
  const failures: unknown[] = [];
  const reporter = new Reporter<string>(
    {
      send: (body) => {
        sent.push(body);
        return new Promise((resolve) => responses.push(resolve));
      },
      sendOnExit: (body) => {
        last.push(body);
        return true;
      }
    },
    (result) => results.push(result),
    (thrown) => failures.push(thrown)
  );
  return { reporter, sent, last, responses, results, failures };
}

/** A server that is unreachable until `isDown` is set to false. */
function setUpUnreachable() {
  const received: ReportPlayback[] = [];
  const transport = {
    isDown: true,
    send: (body: ReportPlayback) => {
      if (transport.isDown) return Promise.reject(new Error('unreachable'));
      received.push(body);
      return Promise.resolve();
    },
    sendOnExit: () => true
  };
  const reporter = new Reporter(
    transport,
    () => undefined,
    () => undefined
  );
  return { reporter, received, transport };
}

it('numbers its reports and rounds positions', () => {
  const { reporter, sent } = setUp();
  void reporter.report('play', 10.6, 0);
  void reporter.report('pause', -3, 5);
  expect(sent).toEqual([
    { event: 'play', position_ms: 11, seq: 1 },
    { event: 'pause', position_ms: 0, seq: 2 }
  ]);
});

it('reports progress every ten seconds after the last report', () => {
  const { reporter, sent } = setUp();
  void reporter.report('play', 0, 1_000);
  reporter.tick(5_000, 6_000);
  reporter.tick(10_000, 11_000);
  reporter.tick(10_250, 11_250);
  expect(sent.map((body) => body.event)).toEqual(['play', 'progress']);
});

it('ignores a late response after a newer one', async () => {
  const { reporter, responses, results } = setUp();
  const first = reporter.report('play', 0, 0);
  const second = reporter.report('pause', 1, 1);
  responses[1]?.('second');
  responses[0]?.('first');
  await Promise.all([first, second]);
  expect(results).toEqual(['second']);
});

it('reports stop once, and nothing afterwards', () => {
  const { reporter, sent, last } = setUp();
  void reporter.report('play', 0, 0);
  reporter.stopOnExit(4_000);
  reporter.stopOnExit(5_000);
  void reporter.report('progress', 6_000, 20_000);
  expect(sent).toHaveLength(1);
  expect(last).toEqual([{ event: 'stop', position_ms: 4_000, seq: 2 }]);
});

it('passes on failures', async () => {
  const failures: unknown[] = [];
  const transport = { send: () => Promise.reject(new Error('unreachable')), sendOnExit: () => true };
  await new Reporter(
    transport,
    () => undefined,
    (thrown) => failures.push(thrown)
  ).report('play', 0, 0);
  expect(failures).toHaveLength(1);
});

it('resends a lost pause or stop once, with its age', async () => {
  const { reporter, received, transport } = setUpUnreachable();
  await reporter.report('play', 0, 0);
  await reporter.report('stop', 9_000, 1);
  transport.isDown = false;
  await reporter.resend(7_200_000);
  await reporter.resend(7_200_001);
  expect(received).toEqual([{ event: 'stop', position_ms: 9_000, seq: 3, age_ms: 7_199_999 }]);
});

it('does not resend a pause if playback has continued since', async () => {
  const { reporter, received, transport } = setUpUnreachable();
  await reporter.report('pause', 5_000, 0);
  transport.isDown = false;
  await reporter.report('play', 5_000, 1);
  await reporter.resend(2);
  expect(received.map((body) => body.event)).toEqual(['play']);
});

it('confirm throws if the server is unreachable, and resends lost reports if it is reachable', async () => {
  const { reporter, received, transport } = setUpUnreachable();
  await reporter.report('pause', 5_000, 0);
  await expect(reporter.confirm('progress', 5_000, 1)).rejects.toThrow('unreachable');
  transport.isDown = false;
  await reporter.confirm('progress', 5_000, 2);
  expect(received.map((body) => body.event)).toEqual(['progress', 'pause']);
});
