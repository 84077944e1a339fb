"use strict";

const words = JSON.parse(document.getElementById("words").textContent);
const buttons = document.querySelectorAll("[data-language]");
document.documentElement.classList.add("js");

function say(language) {
  const which = language === "it" ? 0 : 1;
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = words[element.dataset.t][which];
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words[element.dataset.label][which]);
  }
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.language === language));
}

for (const button of buttons) button.addEventListener("click", () => say(button.dataset.language));
