// Small comforts. Every page works without them; nothing here holds a rule of the domain.
//
// Keyboard: "/" search · j k next and previous row · x select the row · Enter opens it (the row's
// link has the focus) · in a grid, Enter and the arrows up and down move within the column.

const here = document;
const person = here.body.dataset.person;

const isTyping = (element) =>
  element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

// — keyboard in lists ———————————————————————————————————————————

const rowLinks = () =>
  [...here.querySelectorAll("table[data-rows] tbody tr")]
    .map((row) => row.querySelector("a[data-opens], a[href]"))
    .filter(Boolean);

function moveRow(step) {
  const links = rowLinks();
  const row = here.activeElement.closest("table[data-rows] tbody tr");
  const at = links.findIndex((link) => row && row.contains(link));
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
  links[next]?.focus();
  links[next]?.closest("tr").scrollIntoView({ block: "nearest" });
}

function selectRow() {
  const box = here.activeElement.closest("tr")?.querySelector(".select-row");
  box?.click();
}

const KEYS = {
  "/": () => here.getElementById("search")?.focus(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  x: selectRow,
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("table.grid")) return moveInColumn(event);
  const writes = isTyping(event.target) && !/^(checkbox|radio)$/.test(event.target.type);
  if (writes || here.querySelector("dialog:modal")) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function moveInColumn(event) {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const opensItsList = event.target.tagName === "SELECT" && event.key !== "Enter";
  if (!step || opensItsList) return;
  const cell = event.target.closest("td");
  const row = step > 0 ? cell.parentElement.nextElementSibling : cell.parentElement.previousElementSibling;
  const field = row?.cells[cell.cellIndex]?.querySelector("input, select");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select?.();
}

// — selection ————————————————————————————————————————————————

function tellSelection(form) {
  const boxes = [...form.querySelectorAll(".select-row")];
  const chosen = boxes.filter((box) => box.checked).length;
  for (const all of form.querySelectorAll(".select-all")) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  for (const button of form.querySelectorAll("[data-many]")) tellHowMany(button, chosen);
}

// A label that says to how many: data-many="Nhận {n} báo cáo đã chọn".
function tellHowMany(button, chosen) {
  button.dataset.none ??= button.textContent;
  button.textContent = chosen ? button.dataset.many.replace("{n}", chosen) : button.dataset.none;
  button.disabled = chosen === 0;
}

function onChange(event) {
  const form = event.target.closest("form");
  if (!form) return;
  if (event.target.matches(".select-all")) {
    for (const box of form.querySelectorAll(".select-row")) box.checked = event.target.checked;
  }
  if (event.target.matches(".select-all, .select-row")) tellSelection(form);
}

// — which columns show, remembered for this person in this browser ————————

const columnsKey = (table) => `sobo.columns.${person}.${table.id}`;

function hiddenColumns(table) {
  try {
    return new Set(JSON.parse(localStorage.getItem(columnsKey(table))) ?? []);
  } catch {
    return new Set(); // storage refused or spoiled: every column shows
  }
}

function keepHiddenColumns(table, hidden) {
  try {
    localStorage.setItem(columnsKey(table), JSON.stringify([...hidden]));
  } catch {
    // Storage refused: the choice holds for this page only.
  }
}

function showColumns(table, hidden) {
  for (const heading of table.tHead.querySelectorAll("[data-column]")) {
    const isHidden = hidden.has(heading.dataset.column);
    for (const row of table.rows) {
      const cell = row.cells[heading.cellIndex];
      if (cell && row.cells.length === heading.parentElement.cells.length) cell.hidden = isHidden;
    }
  }
}

function columnBox(table, heading, hidden) {
  const label = here.createElement("label");
  const box = Object.assign(here.createElement("input"), {
    type: "checkbox",
    checked: !hidden.has(heading.dataset.column),
  });
  box.addEventListener("change", () => {
    hidden[box.checked ? "delete" : "add"](heading.dataset.column);
    keepHiddenColumns(table, hidden);
    showColumns(table, hidden);
  });
  label.className = "menu-choice";
  label.append(box, heading.textContent.trim());
  return label;
}

function offerColumns(menu) {
  const table = here.getElementById(menu.dataset.columnsOf);
  if (!table?.tHead) return;
  const hidden = hiddenColumns(table);
  const headings = [...table.tHead.querySelectorAll("[data-column]")];
  menu.querySelector(".menu-panel").replaceChildren(
    ...headings.map((heading) => columnBox(table, heading, hidden)),
  );
  menu.hidden = false;
  showColumns(table, hidden);
}

// — theme: at once, and in the cookie the server reads next time ————————————

function chooseTheme(event) {
  const button = event.target.closest('button[name="theme"]');
  if (!button) return;
  event.preventDefault();
  if (button.value) here.documentElement.dataset.theme = button.value;
  else delete here.documentElement.dataset.theme;
  here.cookie = `sobo_theme=${button.value}; path=/; max-age=31536000; samesite=lax`;
  for (const other of button.parentElement.children) {
    other.setAttribute("aria-pressed", String(other === button));
  }
}

// — menus and dialogs ——————————————————————————————————————————

function closeMenus(event) {
  for (const menu of here.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

function closeMenuOnEscape(event) {
  const menu = event.key === "Escape" && here.activeElement.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

// A confirmation opens as a popover without script; with it, it holds the focus as a real dialog.
function openAsModal(event) {
  const button = event.target.closest("button[popovertarget]");
  const dialog = button && here.getElementById(button.getAttribute("popovertarget"));
  if (dialog?.tagName !== "DIALOG") return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

// — edits not yet kept ——————————————————————————————————————————

const edited = new Set();

function noteEdit(event) {
  const form = event.target.closest("form[data-guard]");
  if (form) edited.add(form);
}

function askBeforeLeaving(event) {
  const unsaved = [...edited].some((form) => form.isConnected);
  if (unsaved) event.preventDefault();
}

// — start, and again for what htmx brings in ————————————————————————————

function enhance(root) {
  for (const menu of root.querySelectorAll("[data-columns-of]")) offerColumns(menu);
  for (const bar of root.querySelectorAll(".bulk-bar")) {
    const form = bar.closest("form");
    if (form) tellSelection(form);
  }
}

here.addEventListener("keydown", onKey);
here.addEventListener("keydown", closeMenuOnEscape);
here.addEventListener("change", onChange);
here.addEventListener("click", chooseTheme);
here.addEventListener("click", closeMenus);
here.addEventListener("click", openAsModal);
here.addEventListener("input", noteEdit);
here.addEventListener("submit", (event) => edited.delete(event.target));
here.addEventListener("htmx:load", (event) => enhance(event.target));
window.addEventListener("beforeunload", askBeforeLeaving);
here.querySelector('a[href="#search"]')?.addEventListener("click", (event) => {
  event.preventDefault();
  KEYS["/"]();
});
enhance(here);
