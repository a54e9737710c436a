// Runs in the hidden frame, whose origin is opaque. Starts and kills workers, and never runs a user's code itself.
(() => {
  // Opened on its own, or framed without a sandbox, this file must do nothing.
  if (self.origin !== 'null' || parent === self) return;
  const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
  const workers = new Map();
  addEventListener('message', ({ source, data, ports }) => {
    if (source !== parent) return;
    if (data.open) {
      const worker = new Worker(url);
      // What a function throws into the void is reported by the worker itself.
      worker.onerror = (event) => event.preventDefault();
      worker.postMessage(null, ports);
      workers.set(data.open, worker);
    } else if (data.kill) {
      workers.get(data.kill)?.terminate();
      workers.delete(data.kill);
    }
  });
  parent.postMessage('ready', '*');
})();
