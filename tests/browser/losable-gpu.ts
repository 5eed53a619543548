/**
 * WebGPU that a test can take away, and that passes for hardware: a message to the channel ends every device, or the
 * worker itself by an error that nobody catches.
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
  if (data === 'crash') throw new Error('out of memory');
};
