// A button below each table hands it out as a CSV file: as the page shows it, in the page's language, for a spreadsheet.
const csvWords = document.getElementById("csv");

// The words of a cell, one space between its parts; what is only an ornament stays out.
function wordsOf(cell) {
  const copy = cell.cloneNode(true);
  for (const ornament of copy.querySelectorAll("[aria-hidden=true]")) ornament.remove();
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT), parts = [];
  while (walker.nextNode()) parts.push(walker.currentNode.data);
  return parts.join(" ").replace(/\s+/g, " ").trim();
}

// A number without the marks of its thousands; of other words those that a spreadsheet would run are made harmless.
function fieldOf(text, thousands) {
  const plain = text.replace(/−/g, "-");
  const grouped = new RegExp(`^-?\\d{1,3}(\\${thousands}\\d{3})+([.,]\\d+)?( ?%)?$`);
  const field = grouped.test(plain) ? plain.replaceAll(thousands, "") : plain;
  const harmless = /^[=+@]|^-(?!\d)/.test(field) ? `'${field}` : field;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function csvOf(table) {
  const italian = document.documentElement.lang === "it", between = italian ? ";" : ",";
  const lines = [...table.rows].map((row) => {
    const fields = [...row.cells].flatMap((cell) => [wordsOf(cell), ...Array(cell.colSpan - 1).fill("")]);
    return fields.map((text) => fieldOf(text, italian ? "." : ",")).join(between);
  });
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function handOut(table, number) {
  const link = document.createElement("a");
  const title = document.title.normalize("NFD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
  link.href = URL.createObjectURL(new Blob([csvOf(table)], {type: "text/csv"}));
  link.download = `${title}-${number}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const [place, table] of [...document.querySelectorAll("table")].entries()) {
  const button = document.createElement("button"), scroller = table.closest(".scroll") ?? table;
  button.type = "button";
  button.className = "csv";
  button.append(csvWords.content.cloneNode(true));
  if (scroller.getAttribute("aria-labelledby")) button.setAttribute("aria-describedby", scroller.getAttribute("aria-labelledby"));
  button.addEventListener("click", () => handOut(table, place + 1));
  scroller.after(button);
}
