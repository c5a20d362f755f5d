import { expect, it } from 'vitest';
import type { PlaybackEvent } from '$lib/api/playback';
import { Reporter } from './reporter';

function setUp() {
  const sent: PlaybackEvent[] = [];
  const last: PlaybackEvent[] = [];
  const answers: ((answer: string) => void)[] = [];
  const heard: string[] = [];
  const failures: unknown[] = [];
  const reporter = new Reporter<string>(
    {
      send: (body) => {
        sent.push(body);
        return new Promise((resolve) => answers.push(resolve));
      },
      sendLast: (body) => {
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
  const heard: PlaybackEvent[] = [];
  const line = {
    away: true,
    send: (body: PlaybackEvent) => {
      if (line.away) return Promise.reject(new Error('away'));
      heard.push(body);
      return Promise.resolve();
    },
    sendLast: () => true
  };
  const reporter = new Reporter(
    line,
    () => undefined,
    () => undefined
  );
  return { reporter, heard, line };
}

it('numbers its reports and rounds positions', () => {
  const { reporter, sent } = setUp();
  void reporter.say('play', 10.6, 0);
  void reporter.say('pause', -3, 5);
  expect(sent).toEqual([
    { event: 'play', position_ms: 11, seq: 1 },
    { event: 'pause', position_ms: 0, seq: 2 }
  ]);
});

it('tells progress every ten seconds after the last report', () => {
  const { reporter, sent } = setUp();
  void reporter.say('play', 0, 1_000);
  reporter.tick(5_000, 6_000);
  reporter.tick(10_000, 11_000);
  reporter.tick(10_250, 11_250);
  expect(sent.map((body) => body.event)).toEqual(['play', 'progress']);
});

it('does not let a late answer overwrite a newer one', async () => {
  const { reporter, answers, heard } = setUp();
  const first = reporter.say('play', 0, 0);
  const second = reporter.say('pause', 1, 1);
  answers[1]?.('second');
  answers[0]?.('first');
  await Promise.all([first, second]);
  expect(heard).toEqual(['second']);
});

it('says stop once, and nothing after it', () => {
  const { reporter, sent, last } = setUp();
  void reporter.say('play', 0, 0);
  reporter.leave(4_000);
  reporter.leave(5_000);
  void reporter.say('progress', 6_000, 20_000);
  expect(sent).toHaveLength(1);
  expect(last).toEqual([{ event: 'stop', position_ms: 4_000, seq: 2 }]);
});

it('passes a failure on', async () => {
  const failures: unknown[] = [];
  const line = { send: () => Promise.reject(new Error('away')), sendLast: () => true };
  await new Reporter(
    line,
    () => undefined,
    (thrown) => failures.push(thrown)
  ).say('play', 0, 0);
  expect(failures).toHaveLength(1);
});

it('tells a pause or a stop again that was not heard, and only once', async () => {
  const { reporter, heard, line } = setUpAway();
  await reporter.say('play', 0, 0);
  await reporter.say('stop', 9_000, 1);
  line.away = false;
  await reporter.catchUp(2);
  await reporter.catchUp(3);
  expect(heard).toEqual([{ event: 'stop', position_ms: 9_000, seq: 3 }]);
});

it('does not tell a pause again that playing on has overtaken', async () => {
  const { reporter, heard, line } = setUpAway();
  await reporter.say('pause', 5_000, 0);
  line.away = false;
  await reporter.say('play', 5_000, 1);
  await reporter.catchUp(2);
  expect(heard.map((body) => body.event)).toEqual(['play']);
});

it('throws when it asks and is not heard; makes up for what was lost when it is', async () => {
  const { reporter, heard, line } = setUpAway();
  await reporter.say('pause', 5_000, 0);
  await expect(reporter.ask('progress', 5_000, 1)).rejects.toThrow('away');
  line.away = false;
  await reporter.ask('progress', 5_000, 2);
  expect(heard.map((body) => body.event)).toEqual(['progress', 'pause']);
});
