/* Tableau d’indicateurs : un bouton ajoute une ligne vide. Sans ce script, trois lignes vides sont déjà là. */
(() => {
  "use strict";

  function renumber(row, name, number) {
    row.setAttribute("aria-label", `Indicateur ${number + 1}`);
    row.querySelectorAll("input").forEach((input) => {
      const column = input.name.split("-").pop();
      const label = row.querySelector(`label[for="${CSS.escape(input.id)}"]`);
      input.name = `${name}-${number}-${column}`;
      input.id = `id_${name}-${number}-${column}`;
      label.htmlFor = input.id;
      label.querySelector(".visually-hidden").textContent = ` ${number + 1}`;
    });
  }

  function emptied(row) {
    const copy = row.cloneNode(true);
    copy.classList.remove("has-error");
    copy.querySelectorAll(".field-error").forEach((error) => error.remove());
    copy.querySelectorAll("input").forEach((input) => {
      input.value = "";
      input.classList.remove("is-invalid");
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    });
    return copy;
  }

  function start(table) {
    if (table.dataset.started) return;
    table.dataset.started = "true";
    const region = table.querySelector("[data-announce]");
    const maximum = Number(table.dataset.maximum);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-primary";
    button.textContent = "Ajouter un indicateur";
    button.addEventListener("click", () => {
      const rows = table.querySelectorAll("[data-row]");
      const row = emptied(rows[rows.length - 1]);
      renumber(row, table.dataset.name, rows.length);
      rows[rows.length - 1].after(row);
      row.querySelector("input").focus();
      region.textContent = `Ligne ${rows.length + 1} ajoutée.`;
      button.hidden = rows.length + 1 >= maximum;
    });
    button.hidden = table.querySelectorAll("[data-row]").length >= maximum;
    region.before(button);
  }

  const startAll = (root) => root.querySelectorAll("[data-indicators]").forEach(start);
  document.addEventListener("htmx:afterSettle", (event) => startAll(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => startAll(document));
  else startAll(document);
})();
