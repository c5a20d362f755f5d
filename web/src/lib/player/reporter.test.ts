import { expect, it } from 'vitest';
import type { ReportPlayback } from '$lib/api';
import { Reporter } from './reporter';

function setUp() {
  const sent: ReportPlayback[] = [];
  const last: ReportPlayback[] = [];
  const answers: ((answer: string) => void)[] = [];
  const heard: string[] = [];
  const failures: unknown[] = [];
  const reporter = new Reporter<string>(
    {
      send: (body) => {
        sent.push(body);
        return new Promise((resolve) => answers.push(resolve));
      },
      sendOnExit: (body) => {
        last.push(body);
        return true;
      }
    },
    (answer) => heard.push(answer),
    (thrown) => failures.push(thrown)
  );
  return { reporter, sent, last, answers, heard, failures };
}

/** A server that is away until it is told not to be. */
function setUpAway() {
  const heard: ReportPlayback[] = [];
  const transport = {
    away: true,
    send: (body: ReportPlayback) => {
      if (transport.away) return Promise.reject(new Error('away'));
      heard.push(body);
      return Promise.resolve();
    },
    sendOnExit: () => true
  };
  const reporter = new Reporter(
    transport,
    () => undefined,
    () => undefined
  );
  return { reporter, heard, transport };
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

it('tells progress every ten seconds after the last report', () => {
  const { reporter, sent } = setUp();
  void reporter.report('play', 0, 1_000);
  reporter.tick(5_000, 6_000);
  reporter.tick(10_000, 11_000);
  reporter.tick(10_250, 11_250);
  expect(sent.map((body) => body.event)).toEqual(['play', 'progress']);
});

it('does not let a late answer overwrite a newer one', async () => {
  const { reporter, answers, heard } = setUp();
  const first = reporter.report('play', 0, 0);
  const second = reporter.report('pause', 1, 1);
  answers[1]?.('second');
  answers[0]?.('first');
  await Promise.all([first, second]);
  expect(heard).toEqual(['second']);
});

it('says stop once, and nothing after it', () => {
  const { reporter, sent, last } = setUp();
  void reporter.report('play', 0, 0);
  reporter.stopOnExit(4_000);
  reporter.stopOnExit(5_000);
  void reporter.report('progress', 6_000, 20_000);
  expect(sent).toHaveLength(1);
  expect(last).toEqual([{ event: 'stop', position_ms: 4_000, seq: 2 }]);
});

it('passes a failure on', async () => {
  const failures: unknown[] = [];
  const transport = { send: () => Promise.reject(new Error('away')), sendOnExit: () => true };
  await new Reporter(
    transport,
    () => undefined,
    (thrown) => failures.push(thrown)
  ).report('play', 0, 0);
  expect(failures).toHaveLength(1);
});

it('tells a pause or a stop again that was not heard, with its age, and only once', async () => {
  const { reporter, heard, transport } = setUpAway();
  await reporter.report('play', 0, 0);
  await reporter.report('stop', 9_000, 1);
  transport.away = false;
  await reporter.resend(7_200_000);
  await reporter.resend(7_200_001);
  expect(heard).toEqual([{ event: 'stop', position_ms: 9_000, seq: 3, age_ms: 7_199_999 }]);
});

it('does not tell a pause again that playing on has overtaken', async () => {
  const { reporter, heard, transport } = setUpAway();
  await reporter.report('pause', 5_000, 0);
  transport.away = false;
  await reporter.report('play', 5_000, 1);
  await reporter.resend(2);
  expect(heard.map((body) => body.event)).toEqual(['play']);
});

it('throws when it asks and is not heard; makes up for what was lost when it is', async () => {
  const { reporter, heard, transport } = setUpAway();
  await reporter.report('pause', 5_000, 0);
  await expect(reporter.confirm('progress', 5_000, 1)).rejects.toThrow('away');
  transport.away = false;
  await reporter.confirm('progress', 5_000, 2);
  expect(heard.map((body) => body.event)).toEqual(['progress', 'pause']);
});
