(function () {
  "use strict";
  var page = document, root = page.documentElement;
  var words = JSON.parse(page.getElementById("words").textContent);
  root.classList.add("js");

  function say(language) {
    var which = language === "it" ? 0 : 1;
    root.lang = language;
    page.querySelectorAll("[data-t]").forEach(function (element) {
      element.textContent = words[element.getAttribute("data-t")][which];
    });
    page.querySelectorAll("[data-label]").forEach(function (element) {
      element.setAttribute("aria-label", words[element.getAttribute("data-label")][which]);
    });
    page.querySelectorAll("[data-language]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === language));
    });
  }

  page.querySelectorAll("[data-language]").forEach(function (button) {
    button.addEventListener("click", function () { say(button.getAttribute("data-language")); });
  });
})();
