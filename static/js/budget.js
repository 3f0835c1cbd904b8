/* Budget : totaux, équilibre et taux tenus à jour pendant la saisie. Sans ce script, le serveur les calcule à l’enregistrement. */
(() => {
  "use strict";

  const format = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });
  const euros = (amount) => `${format.format(amount)}\u00a0€`;

  /* Les mêmes écritures que le serveur ; ce qu’il refusera ne compte pas. */
  function amountOf(input) {
    const typed = input.value.replace(/[\s\u00a0\u202f\u2009]+/g, " ").trim().replace(/ ?€$/, "");
    const match = /^(\d{1,3}(?: \d{3})+|\d+)(?:[.,]0{1,2})?$/.exec(typed);
    const amount = match ? Number(match[1].replace(/ /g, "")) : 0;
    return amount <= 10000000 ? amount : 0;
  }

  const sum = (inputs) => [...inputs].reduce((total, input) => total + amountOf(input), 0);

  function balanceText(charges, produits) {
    if (!charges && !produits) return "Le budget est vide.";
    if (produits > charges) return `Les produits dépassent les charges de ${euros(produits - charges)}.`;
    if (produits < charges) return `Il manque ${euros(charges - produits)} de produits.`;
    return "Les charges et les produits sont égaux.";
  }

  function demandText(budget, asked, charges) {
    const { floor, ceiling, rate } = budget.dataset;
    if (!asked) return "";
    if (asked < Number(floor)) return ` Le montant demandé est sous le minimum de ${euros(Number(floor))}.`;
    if (ceiling && asked > Number(ceiling)) return ` Le montant demandé dépasse le maximum de ${euros(Number(ceiling))}.`;
    if (charges && asked * 100 > Number(rate) * charges) return ` Le montant demandé dépasse ${format.format(Number(rate))}\u00a0% du coût du projet.`;
    return "";
  }

  function inKindText(budget) {
    const [used, given] = [...budget.querySelectorAll("[data-in-kind]")].map(amountOf);
    return used === given ? "" : " Les comptes 86 et 87 diffèrent.";
  }

  function refresh(budget) {
    const totals = [...budget.querySelectorAll("[data-side]")].map((side) => {
      const total = sum(side.querySelectorAll("[data-amount]"));
      side.querySelector("[data-total]").textContent = euros(total);
      return total;
    });
    const [charges, produits] = totals;
    const asked = sum(budget.querySelectorAll("[data-asked-amount]"));
    const text = balanceText(charges, produits) + demandText(budget, asked, charges) + inKindText(budget);
    const balance = budget.querySelector("[data-balance]");
    balance.textContent = text;
    balance.classList.toggle("is-right", charges > 0 && text === balanceText(charges, charges));
    budget.querySelector("[data-asked]").textContent = euros(asked);
    /* Arrondi au centième le plus proche, comme le serveur, les listes et la lettre. */
    budget.querySelector("[data-share]").textContent = charges ? `${format.format(Math.floor((asked * 20000 + charges) / (2 * charges)) / 100)}\u00a0%` : "–";
    return text;
  }

  function start(budget) {
    if (budget.dataset.started) return;
    budget.dataset.started = "true";
    const region = budget.querySelector("[data-announce]");
    let waiting;
    refresh(budget);
    budget.addEventListener("input", () => {
      const text = refresh(budget);
      clearTimeout(waiting);
      /* Le lecteur d’écran entend l’état quand la saisie s’arrête, pas à chaque touche. */
      waiting = setTimeout(() => { if (region.textContent !== text) region.textContent = text; }, 1200);
    });
  }

  const startAll = (root) => root.querySelectorAll("[data-budget]").forEach(start);
  document.addEventListener("htmx:afterSettle", (event) => startAll(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => startAll(document));
  else startAll(document);
})();
