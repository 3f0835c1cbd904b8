/* La délibération : total vivant face à l’enveloppe, et seuls les champs utiles à chaque décision. Sans lui, le serveur vérifie tout. */
(() => {
  "use strict";
  const form = document.querySelector("[data-resolution]");
  if (!form) return;
  const panel = form.querySelector(".resolution-total");
  const total = form.querySelector("[data-total]");
  const remaining = form.querySelector("[data-remaining]");

  /* En centimes entiers : jamais de virgule flottante sur de l’argent. */
  function cents(text) {
    const match = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f€]/g, ""));
    return match ? Number(match[1]) * 100 + Number((match[2] || "").padEnd(2, "0")) : 0;
  }

  function euros(value) {
    const digits = value % 100 === 0 ? 0 : 2;
    return new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR", minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value / 100);
  }

  function update() {
    let sum = cents(form.dataset.already);
    form.querySelectorAll("[data-ruling]").forEach((row) => {
      const outcome = row.querySelector("select").value;
      row.querySelectorAll("[data-when]").forEach((block) => { block.hidden = block.dataset.when !== outcome; });
      if (outcome === "awarded") sum += cents(row.querySelector("[data-when='awarded'] input").value);
    });
    const left = cents(form.dataset.envelope) - sum;
    total.textContent = euros(sum);
    remaining.hidden = false;
    remaining.textContent = left >= 0 ? `Il reste ${euros(left)}.` : `L’enveloppe est dépassée de ${euros(-left)}.`;
    panel.classList.toggle("is-over", left < 0);
  }

  form.addEventListener("input", update);
  update();
})();
