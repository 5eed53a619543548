import { installTrustedTypes, type PolicyFactory } from './core/trusted-types';

// Imported before everything else, so that no worker starts unasked. TypeScript does not know trusted types yet.
const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
installTrustedTypes(trustedTypes, location.origin);
