// Runs before the first paint, so that a light theme never flashes dark. The app keeps the value up to date.
(function () {
  var wanted = null;
  try {
    wanted = localStorage.getItem('kinometa.theme');
  } catch {
    // Storage can be forbidden: the system's choice is used then.
  }
  var light =
    wanted === 'light' || (wanted === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
