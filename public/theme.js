// Before the first paint: a theme chosen earlier wins over the system's, a chosen language names the page.
(function () {
  try {
    var theme = localStorage.getItem("nengce.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    var lang = new URLSearchParams(location.search).get("lang") || localStorage.getItem("nengce.lang");
    if (lang && lang.toLowerCase().startsWith("en")) document.documentElement.lang = "en";
  } catch (blocked) {
    // Storage may be closed to us; the system's theme and Chinese remain.
  }
})();
