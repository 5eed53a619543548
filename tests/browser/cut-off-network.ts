/** The app's own file of the voice detector is out of reach, as it is offline before it was ever kept. */
const reach = self.fetch;

self.fetch = (input, init) =>
  String(input instanceof Request ? input.url : input).includes('silero')
    ? Promise.reject(new TypeError('Failed to fetch'))
    : reach(input, init);
