/* Pages du jury : ce qui aide à noter, à affecter et à tenir la séance. Chaque page marche aussi sans. */
(() => {
  "use strict";
  const noBreak = "\u00a0";
  const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR", minimumFractionDigits: 0, maximumFractionDigits: 2 });

  /* Noter -------------------------------------------------------------------------------------- */
  const ballot = document.querySelector("[data-ballot]");
  if (ballot) {
    const criteria = [...ballot.querySelectorAll("[data-criterion]")];
    const checked = (criterion) => criterion.querySelector("input[type=radio]:checked");

    const refresh = () => {
      let total = 0;
      let weights = 0;
      let scored = 0;
      criteria.forEach((criterion) => {
        const mark = checked(criterion);
        const maximum = Number(criterion.dataset.maximum);
        criterion.classList.toggle("is-scored", Boolean(mark));
        criterion.classList.toggle("wants-comment", Boolean(mark) && (Number(mark.value) <= 1 || Number(mark.value) === maximum));
        if (!mark) return;
        scored += 1;
        weights += Number(criterion.dataset.weight);
        total += Number(criterion.dataset.weight) * Number(mark.value) / maximum;
      });
      const line = document.querySelector("[data-note]");
      line.hidden = false;
      const part = `${scored} critère${scored > 1 ? "s" : ""} sur ${criteria.length}`;
      const note = (100 * total / weights).toLocaleString("fr-FR", { maximumFractionDigits: 1 });
      line.textContent = scored === criteria.length ? `Votre note${noBreak}: ${note} sur 100` : part;
    };
    ballot.addEventListener("change", refresh);
    refresh();

    /* 0 à 5 : choisit la note du critère où l’on se trouve, sauf pendant qu’on écrit. */
    ballot.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, input[type=text]")) return;
      const criterion = event.target.closest("[data-criterion]");
      const radio = criterion && /^\d$/.test(event.key) && criterion.querySelector(`input[type=radio][value="${event.key}"]`);
      if (!radio) return;
      event.preventDefault();
      radio.focus();
      radio.click();
    });

    /* L’envoi attend la fin d’un enregistrement automatique : sans cela, il se croirait en conflit avec lui-même. */
    const saver = document.getElementById("enregistrement");
    let saving = false;
    let waiting = null;
    let leaving = false;
    let signedOut = false;
    const say = (text) => {
      const line = saver.querySelector(".save-state");
      if (line) line.textContent = text;
    };
    saver.addEventListener("htmx:beforeRequest", (event) => {
      if (leaving) event.preventDefault();
      else saving = true;
    });
    saver.addEventListener("htmx:beforeSwap", (event) => {
      // Une session perdue renvoie la page de connexion à la place de la réponse.
      signedOut = !event.detail.xhr.responseURL.includes("/brouillon/");
      if (!signedOut) return;
      event.detail.shouldSwap = false;
      say("Votre session a expiré. Reconnectez-vous dans un autre onglet, puis revenez ici\u00a0: votre saisie est encore là.");
    });
    saver.addEventListener("htmx:afterRequest", () => {
      saving = false;
      if (!waiting) return;
      const submitter = waiting;
      waiting = null;
      ballot.requestSubmit(submitter);
    });
    ballot.addEventListener("submit", (event) => {
      if (signedOut) {
        // Un essai d’enregistrement dit si la session est revenue ; la saisie reste dans la page.
        event.preventDefault();
        event.stopPropagation();
        ballot.dispatchEvent(new Event("input"));
      } else if (saving) {
        event.preventDefault();
        event.stopPropagation();
        waiting = event.submitter;
      } else {
        leaving = true;
      }
    });
    window.addEventListener("pageshow", () => { leaving = false; });
  }

  /* Affecter ----------------------------------------------------------------------------------- */
  const matrix = document.querySelector("[data-matrix]");
  if (matrix) {
    matrix.addEventListener("change", () => {
      const loads = new Map();
      const fixed = matrix.querySelectorAll("input[type=hidden][name=pair]");
      matrix.querySelectorAll("tbody tr").forEach((row) => {
        const boxes = [...row.querySelectorAll("input[type=checkbox]:checked")];
        const kept = row.querySelectorAll("input[type=hidden][name=pair]").length;
        const count = boxes.filter((box) => "voting" in box.dataset).length + kept;
        const cell = row.querySelector("[data-coverage]");
        cell.textContent = `${count} / ${matrix.dataset.wanted}`;
        cell.classList.toggle("is-short", count < Number(matrix.dataset.wanted));
        boxes.forEach((box) => loads.set(box.dataset.juror, (loads.get(box.dataset.juror) || 0) + 1));
      });
      fixed.forEach((input) => {
        const juror = input.value.split(":")[1];
        loads.set(juror, (loads.get(juror) || 0) + 1);
      });
      matrix.querySelectorAll("[data-load]").forEach((cell) => {
        const load = loads.get(cell.dataset.load) || 0;
        cell.textContent = `${load} dossier${load > 1 ? "s" : ""}`;
      });
    });
  }

  /* Tenir la séance ------------------------------------------------------------------------------ */
  const board = document.querySelector("[data-board]");
  if (board) {
    const cents = (text) => {
      const value = Number(text.replace(/[\s\u00a0\u202f]/g, "").replace(",", "."));
      return Number.isFinite(value) ? Math.round(value * 100) : 0;
    };
    const funds = (opinion) => ["favourable", "reserved"].includes(opinion.querySelector("[data-avis]").value);
    const amount = (opinion) => (funds(opinion) ? cents(opinion.querySelector("[data-amount]").value) : 0);
    const envelope = cents(board.dataset.envelope);

    const refresh = () => {
      const opinions = [...board.querySelectorAll("[data-opinion]")];
      const total = opinions.reduce((sum, opinion) => sum + amount(opinion), 0);
      const left = envelope - total;
      board.querySelector("[data-total]").textContent = euros.format(total / 100);
      board.querySelector("[data-remaining]").textContent = euros.format(Math.abs(left) / 100);
      board.querySelector("[data-remaining-label]").textContent = left < 0 ? "Dépassement" : "Reste";
      board.querySelector("[data-remaining-box]").classList.toggle("is-over", left < 0);
      const lowest = Math.max(0, ...opinions.filter((each) => amount(each) > 0 && each.dataset.rank).map((each) => Number(each.dataset.rank)));
      opinions.forEach((opinion) => {
        const passedOver = "fundable" in opinion.dataset && opinion.dataset.rank && !amount(opinion) && Number(opinion.dataset.rank) < lowest;
        const reason = opinion.querySelector("[data-reason]");
        if (passedOver) reason.dataset.open = "";
        else if (!reason.querySelector("textarea").value) delete reason.dataset.open;
      });
    };
    board.addEventListener("input", refresh);
    board.addEventListener("change", refresh);
    refresh();
  }
})();
