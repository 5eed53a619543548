import base from './playwright.config';
export default { ...base, timeout: 110_000, expect: { timeout: 25_000 } };
