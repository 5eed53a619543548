import { installTrustedTypes, type PolicyFactory } from '../src/core/trusted-types';

// Imported before everything else: onnxruntime starts its threads by itself. TypeScript does not know trusted types yet.
const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
installTrustedTypes(trustedTypes, self.location.origin);
