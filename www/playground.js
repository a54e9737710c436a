// `window.playground`, for pages that embed this one: JavaScript values outside, JSON texts inside.

/** An answer is {"ok": value}, or {"error": message, "more": what else the error carries}. */
function unwrap(text) {
  const { ok, error, more } = JSON.parse(text);
  if (error === undefined) return ok;
  throw Object.assign(new Error(error), more);
}

/** `ask(name, argument)` answers at once; `run(options, add, resolve)` adds events as they come, and resolves when the run is over. */
export function install(ask, run) {
  const call = (name) => (argument) => unwrap(ask(name, JSON.stringify(argument ?? null)));
  window.playground = Object.assign(window.playground ?? { ready: Promise.resolve() }, {
    load: call('load'),
    stop: call('stop'),
    document: call('document'),
    link: call('link'),
    diagnostics: call('diagnostics'),
    run: async (options) => {
      const events = [];
      const add = (text) => events.push(...JSON.parse(text));
      const answer = await new Promise((resolve) => run(JSON.stringify(options ?? {}), add, resolve));
      return { ...unwrap(answer), events };
    },
  });
}
