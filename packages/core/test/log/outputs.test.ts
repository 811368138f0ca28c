import { describe, expect, test } from 'vitest';
import { consoleLine } from '../../src/log/console-line.ts';
import { consoleOutput } from '../../src/log/console-output.ts';
import { createLogger } from '../../src/log/logger.ts';
import type { LogOutput, LogRecord } from '../../src/log/record.ts';
import { syslogOutput } from '../../src/log/syslog-output.ts';

const failure = (code: string): Error => Object.assign(new TypeError(code), { code });

interface SocketState {
  broken: string;
  absent: boolean;
  readonly sent: string[];
  opened: number;
}

interface SinkState {
  room: number;
  gone: boolean;
  text: string;
  writes: number;
}

/** Collects what is to be run later and runs it when the test says so. */
function laterQueue() {
  const waiting: (() => void)[] = [];
  return {
    later: (_milliseconds: number, run: () => void) => void waiting.push(run),
    runAll: () => {
      for (const run of waiting.splice(0)) run();
    },
    waiting,
  };
}

const loggerOver = (...outputs: LogOutput[]) =>
  createLogger({ outputs, detail: false, pid: 1, now: () => 0 });
const say = (text: string): LogRecord => ({ id: 'test', level: 'info', text });

describe('syslog', () => {
  const withSocket = () => {
    const queue = laterQueue();
    const state: SocketState = { broken: '', absent: false, sent: [], opened: 0 };
    const output = syslogOutput(3, {
      later: queue.later,
      open: () => {
        if (state.absent) throw failure('ENOENT');
        state.opened++;
        return {
          send: (text) => {
            if (state.broken !== '') throw failure(state.broken);
            state.sent.push(text.replace(/^.*: /, ''));
          },
          close: () => undefined,
        };
      },
    });
    return { state, queue, output, logger: loggerOver(output) };
  };

  test.each(['EAGAIN', 'ENOBUFS', 'ECONNREFUSED', 'ENOTCONN'])(
    'keeps the lines over %s, in order',
    (code) => {
      const { state, queue, logger } = withSocket();
      logger.log(say('one'));
      state.broken = code;
      logger.log(say('two'));
      logger.log(say('three'));
      queue.runAll();
      state.broken = '';
      queue.runAll();
      logger.log(say('four'));
      expect(state.sent).toEqual(['one', 'two', 'three', 'four']);
    },
  );

  test.each([
    ['EAGAIN', 1],
    ['ENOBUFS', 1],
    ['ECONNREFUSED', 2],
  ] as const)('after %s the lines go out over connection %i', (code, connections) => {
    const { state, queue, logger } = withSocket();
    logger.log(say('one'));
    state.broken = code;
    logger.log(say('two'));
    state.broken = '';
    queue.runAll();
    expect(state.sent).toEqual(['one', 'two']);
    expect(state.opened).toBe(connections);
  });

  test('absent at start, it gets the lines when it comes, over one connection', () => {
    const { state, queue, output, logger } = withSocket();
    state.absent = true;
    expect(output.works()).toBe(false);
    logger.log(say('early'));
    state.absent = false;
    queue.runAll();
    expect(state.sent).toEqual(['early']);
    expect(state.opened).toBe(1);
  });

  test('drops and counts beyond a thousand lines, never waiting', () => {
    const { state, queue, output, logger } = withSocket();
    state.broken = 'EAGAIN';
    for (let n = 0; n < 1500; n++) logger.log(say(`line ${n}`));
    expect(output.dropped()).toBe(500);
    expect(queue.waiting.length).toBe(1);
    state.broken = '';
    queue.runAll();
    expect(state.sent.length).toBe(1000);
  });
});

describe('the console', () => {
  const withSink = () => {
    const queue = laterQueue();
    const state: SinkState = { room: Number.POSITIVE_INFINITY, gone: false, text: '', writes: 0 };
    const output = consoleOutput({
      later: queue.later,
      format: (line) => consoleLine(line).replace(/^.{26}/, ''),
      sink: {
        write: (bytes) => {
          if (state.gone) return undefined;
          state.writes++;
          const taken = Math.min(bytes.length, state.room);
          state.room -= taken;
          state.text += Buffer.from(bytes.subarray(0, taken)).toString();
          return taken;
        },
      },
    });
    return { state, queue, output, logger: loggerOver(output) };
  };

  test('that takes only a part of a line gets the rest first, whole lines only', () => {
    const { state, queue, logger } = withSink();
    state.room = 5;
    for (const text of ['first', 'second', 'third']) logger.log(say(text));
    expect(state.text).toBe('first');
    state.room = 4;
    queue.runAll();
    state.room = 100;
    queue.runAll();
    expect(state.text).toBe('first\nsecond\nthird\n');
  });

  test('gets the lines of one moment in one write, in order, and what follows after them', () => {
    const { state, logger } = withSink();
    logger.together(() => {
      logger.log(say('first'));
      logger.together(() => logger.log(say('second')));
      logger.log(say('third'));
    });
    logger.log(say('fourth'));
    expect([state.text, state.writes]).toEqual(['first\nsecond\nthird\nfourth\n', 3]);
  });

  test.each([0, 3, 8])('that takes %i bytes of the lines of one moment gets the rest later', (room) => {
    const { state, queue, output, logger } = withSink();
    state.room = room;
    logger.together(() => {
      for (const text of ['first', 'second', 'third']) logger.log(say(text));
    });
    logger.log(say('fourth'));
    state.room = Number.POSITIVE_INFINITY;
    queue.runAll();
    expect(state.text).toBe('first\nsecond\nthird\nfourth\n');
    expect(output.dropped()).toBe(0);
  });

  test('has no lines left over when it is closed in the middle of a moment', () => {
    const { state, output, logger } = withSink();
    logger.together(() => {
      logger.log(say('last words'));
      output.close();
      expect(state.text).toBe('last words\n');
    });
  });

  test('that is stopped costs lines beyond a limit, and they are reported when it goes on', () => {
    const { state, queue, output, logger } = withSink();
    state.room = 0;
    for (let n = 0; n < 1100; n++) logger.log(say(`line ${n}`));
    expect(output.dropped()).toBe(99);
    state.room = Number.POSITIVE_INFINITY;
    queue.runAll();
    logger.reportDropped();
    logger.reportDropped();
    expect(
      state.text
        .split('\n')
        .filter((line) => line.startsWith('99 log lines were lost: the console took none')).length,
    ).toBe(1);
  });

  test('that is gone for good is no destination any more', () => {
    const { state, logger } = withSink();
    state.gone = true;
    logger.log(say('nobody reads this'));
    expect(logger.works()).toBe(false);
  });
});

test('detail is logged only when asked for, workers speak under their own name, JSON carries the fields', () => {
  const seen: string[] = [];
  const output: LogOutput = {
    name: 'the test',
    write: (line) => void seen.push(`${line.source} ${line.pid} ${line.json().trim()}`),
    dropped: () => 0,
    works: () => true,
    close: () => undefined,
  };
  const logger = loggerOver(output);
  logger.log({ id: 'noise', level: 'info', text: 'noise', detail: true });
  logger.relay('vrrp', 42, { id: 'entered', level: 'notice', text: 'hello', fields: { vrid: 5 } });
  expect(seen).toEqual([
    'vrrp 42 {"level":"notice","time":"1970-01-01T00:00:00.000Z","source":"vrrp","pid":42,"id":"entered","vrid":5,"msg":"hello"}',
  ]);
});
