/** Read by vite-plugin-svelte, svelte-check and eslint alike. */
export default {};
