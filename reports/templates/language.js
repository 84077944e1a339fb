"use strict";

const words = JSON.parse(document.getElementById("words").textContent);
const languageButtons = document.querySelectorAll("[data-language]");
document.documentElement.classList.add("js");

// Says everything in another language; whoever shows numbers of its own listens for `said`.
function say(language) {
  const which = language === "it" ? 0 : 1;
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) {
    const instant = element.matches("svg title") ? element.textContent.slice(element.textContent.lastIndexOf(" · ")) : "";
    element.textContent = words[element.dataset.t][which] + instant;
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words[element.dataset.label][which]);
  }
  for (const button of languageButtons) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  document.dispatchEvent(new Event("said"));
}

for (const button of languageButtons) button.addEventListener("click", () => say(button.dataset.language));
