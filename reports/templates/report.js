(function () {
  "use strict";
  var page = document, root = page.documentElement;
  var words = JSON.parse(page.getElementById("words").textContent);
  var all = function (what) { return Array.prototype.slice.call(page.querySelectorAll(what)); };
  var orders = all("details.order"), names = all(".codes li"), lists = all(".codes");
  var filter = page.getElementById("filter"), shown = page.getElementById("shown");
  root.classList.add("js");

  function say(language) {
    var which = language === "it" ? 0 : 1;
    root.lang = language;
    page.querySelectorAll("[data-t]").forEach(function (element) {
      var text = words[element.getAttribute("data-t")][which];
      if (element.ownerSVGElement && element.nodeName === "title") {
        text += element.textContent.slice(element.textContent.lastIndexOf(" · "));
      }
      element.textContent = text;
    });
    page.querySelectorAll("[data-language]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === language));
    });
    sift();
  }

  function sift() {
    if (!filter) { return; }
    var wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean), count = 0;
    function holds(text) {
      return wanted.every(function (word) { return text.toLowerCase().indexOf(word) >= 0; });
    }
    orders.forEach(function (order) {
      order.hidden = wanted.length > 0 && !holds(order.firstElementChild.textContent);
      if (!order.hidden) { count += 1; }
    });
    lists.forEach(function (list) {
      list.open = wanted.length > 0;
      list.hidden = wanted.length > 0;
    });
    names.forEach(function (name) {
      var list = name.parentElement.parentElement;
      name.hidden = wanted.length > 0 && !holds(list.firstElementChild.textContent + " " + name.textContent);
      if (!name.hidden) { count += 1; list.hidden = false; }
    });
    shown.textContent = count.toLocaleString(root.lang, {useGrouping: "always"});
  }

  function reveal() {
    var target = page.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var element = target; element; element = element.parentElement) {
      if (element.nodeName === "DETAILS") { element.open = true; element.hidden = false; }
    }
    if (target) { target.scrollIntoView(); }
  }

  page.querySelectorAll("[data-language]").forEach(function (button) {
    button.addEventListener("click", function () { say(button.getAttribute("data-language")); });
  });
  if (filter) { filter.addEventListener("input", sift); }
  window.addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }
})();
