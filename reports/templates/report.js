const orders = document.querySelectorAll("details.order");
const codes = document.querySelectorAll(".codes li");
const lists = document.querySelectorAll(".codes");
const filter = document.getElementById("filter");

// Shows the orders whose head holds all words of the filter, drawn or only named, and counts them.
function sift() {
  const wanted = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text) => wanted.every((word) => text.toLowerCase().includes(word));
  let count = 0;
  for (const order of orders) {
    order.hidden = !holds(order.firstElementChild.textContent);
    if (!order.hidden) count += 1;
  }
  for (const list of lists) {
    list.open = wanted.length > 0;
    list.hidden = wanted.length > 0;
  }
  for (const code of codes) {
    const list = code.parentElement.parentElement;
    code.hidden = !holds(`${list.firstElementChild.textContent} ${code.textContent}`);
    if (!code.hidden) {
      count += 1;
      list.hidden = false;
    }
  }
  document.getElementById("shown").textContent = count.toLocaleString(document.documentElement.lang, {useGrouping: "always"});
}

// Opens whatever is closed around the element that the address names.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let element = target; element; element = element.parentElement) {
    if (element.nodeName === "DETAILS") {
      element.open = true;
      element.hidden = false;
    }
  }
  target?.scrollIntoView();
}

if (filter) {
  filter.addEventListener("input", sift);
  document.addEventListener("said", sift);
}
window.addEventListener("hashchange", reveal);
if (location.hash) reveal();
