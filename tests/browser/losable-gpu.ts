/**
 * WebGPU that a test can take away, and that passes for hardware: a message to the channel ends every device. A worker
 * of the name 'crashes' ends by an error that nobody catches when it has told of a window that is not the first; in one
 * of the name 'miscounts' nothing is computed, and every result is what memory held before.
 */
const channel = new BroadcastChannel('losable-engine');
const devices: GPUDevice[] = [];
const { requestDevice } = GPUAdapter.prototype;

GPUAdapter.prototype.requestDevice = async function (descriptor) {
  channel.postMessage('device');
  const device = await requestDevice.call(this, descriptor);
  devices.push(device);
  return device;
};
Object.defineProperty(GPUAdapter.prototype, 'info', {
  get: () => ({ isFallbackAdapter: false, architecture: 'test' }),
});

channel.onmessage = ({ data }) => {
  if (data === 'lose') for (const device of devices) device.destroy();
};

if (self.name === 'miscounts') GPUQueue.prototype.submit = () => undefined;

if (self.name === 'crashes') {
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message: unknown, options?: unknown) {
    postMessage.call(this, message, options as StructuredSerializeOptions);
    if (!/"kind":"window".*"startSec":[1-9]/.test(JSON.stringify(message))) return;
    reportError(new Error('out of memory'));
    // Whoever waits for the error must not be given the result first.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
}
