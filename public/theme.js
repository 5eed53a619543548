// Before the first paint, so that nobody in the dark sees a white page first: the theme that was chosen, else the
// system's. A file of its own, as the content security policy allows no inline script. The page goes on from here
// in src/ui/apply-appearance.ts.
(() => {
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('sotto-settings')).theme;
  } catch {
    // Nothing chosen, or storage refused.
  }
  const dark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
