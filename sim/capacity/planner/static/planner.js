// Sliders beside the numbers, and a page that follows its run. Without this the numbers and a reload do.
for (const range of document.querySelectorAll("input[data-for]")) {
  const number = document.getElementById(range.dataset.for);
  range.hidden = false;
  range.addEventListener("input", () => { number.value = range.value; });
  number.addEventListener("input", () => { range.value = number.value; });
}
const progress = document.getElementById("progress");
if (progress) {
  const events = new EventSource(progress.dataset.events);
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    progress.querySelector("progress").value = told.share;
    for (const [side, line] of Object.entries(told.lines)) {
      progress.querySelector(`[data-side="${side}"]`).textContent = line || "…";
    }
    if (told.state !== "running") {
      events.close();
      location.reload();
    }
  };
}
