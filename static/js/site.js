/* Comportements du site. Chacun améliore une page qui marche déjà sans lui ; rien ici n’écrit de style ni n’évalue de texte. */
(() => {
  "use strict";

  /* Le résumé des erreurs reçoit le focus, et ses liens mettent le curseur dans le champ. */
  function focusErrorSummary(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    if (!link) return;
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (document.querySelector(`label[for="${CSS.escape(field.id)}"]`) || field).scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });

  /* Échéances. L’heure du serveur (data-now) corrige l’horloge du lecteur. */
  const plural = (count, word) => `${count}\u00a0${word}${count > 1 ? "s" : ""}`;

  function remaining(milliseconds) {
    const minutes = Math.floor(milliseconds / 60000);
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor(minutes / 60) % 24;
    if (days >= 2) return `Il reste ${plural(days, "jour")}`;
    if (minutes >= 60) return `Il reste ${plural(days * 24 + hours, "heure")} et ${plural(minutes % 60, "minute")}`;
    if (minutes >= 1) return `Il reste ${plural(minutes, "minute")}`;
    return "Il reste moins d’une minute";
  }

  function startCountdowns(root) {
    root.querySelectorAll("[data-countdown]:not([data-started])").forEach((element) => {
      element.dataset.started = "true";
      const offset = element.dataset.now ? Date.parse(element.dataset.now) - Date.now() : 0;
      const deadline = Date.parse(element.dataset.countdown);
      const tick = () => {
        const left = deadline - (Date.now() + offset);
        element.hidden = false;
        const text = left > 0 ? remaining(left) : "L’échéance est passée";
        if (element.textContent !== text) element.textContent = text;
        if (left > 0 && element.isConnected) setTimeout(tick, Math.min(30000, left + 50));
      };
      tick();
    });
  }

  /* Double envoi : le bouton dit « Envoi… » ; le retour en arrière du navigateur le rend utilisable. */
  function lock(form, submitter) {
    form.dataset.sent = "true";
    /* Un envoi abandonné, ou dont la réponse est un fichier, ne laisse pas le formulaire bloqué. */
    setTimeout(() => unlock(form), 30000);
    if (!submitter || submitter.tagName !== "BUTTON") return;
    /* Le bouton garde sa taille : un second clic ne tombe pas sur le lien d’à côté, qui annulerait l’envoi. */
    const box = submitter.getBoundingClientRect();
    submitter.style.minWidth = `${box.width}px`;
    submitter.style.minHeight = `${box.height}px`;
    submitter.dataset.label = submitter.textContent;
    submitter.textContent = "Envoi…";
    submitter.setAttribute("aria-disabled", "true");
    neighbours(submitter).forEach((link) => { link.inert = true; });
  }

  const neighbours = (button) => (button.parentElement ? [...button.parentElement.querySelectorAll("a[href]")] : []);

  function unlock(form) {
    delete form.dataset.sent;
    form.querySelectorAll("button[data-label]").forEach((button) => {
      button.textContent = button.dataset.label;
      delete button.dataset.label;
      button.removeAttribute("aria-disabled");
      button.style.minWidth = button.style.minHeight = "";
      neighbours(button).forEach((link) => { link.inert = false; });
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-warn-unsaved]")) form.dataset.dirty = "";
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    lock(form, event.submitter);
  });

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(unlock));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-sent]");
    if (form) unlock(form);
  });

  /* Saisie non enregistrée : le navigateur demande confirmation avant de quitter la page. */
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form) form.dataset.dirty = "true";
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form && event.detail.successful) form.dataset.dirty = "";
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-warn-unsaved][data-dirty='true']")) event.preventDefault();
  });

  /* Menus en <details> : Échap et un clic ailleurs les referment. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details[data-dismissable][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[data-dismissable][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* htmx : une panne se dit en clair, au même endroit, et s’efface au premier succès. */
  const networkRegion = () => document.getElementById("erreur-reseau");

  function say(text) {
    const region = networkRegion();
    if (!region) return;
    const box = document.createElement("div");
    box.className = "alert alert-danger";
    const body = document.createElement("p");
    body.className = "alert-body";
    body.textContent = text;
    box.append(body);
    region.replaceChildren(box);
    region.hidden = false;
    region.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:sendError", () =>
    say("La connexion semble interrompue : votre dernière modification n’est pas enregistrée. Gardez cette page ouverte et réessayez dans un instant."));
  document.addEventListener("htmx:timeout", () =>
    say("Le serveur tarde à répondre : votre dernière modification n’est peut-être pas enregistrée. Réessayez dans un instant."));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 403 || status === 401) say("Votre session a expiré. Ouvrez un nouvel onglet, reconnectez-vous, puis revenez ici : votre saisie est encore là.");
    else if (status === 413) say("Le fichier est trop lourd pour être envoyé. Choisissez un fichier plus petit.");
    else say("Le serveur n’a pas pu traiter la demande. Réessayez dans un instant ; si cela continue, écrivez-nous.");
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.xhr.status < 400) {
      const region = networkRegion();
      if (region) region.hidden = true;
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    startCountdowns(event.target);
    focusErrorSummary(event.target);
  });

  document.addEventListener("DOMContentLoaded", () => {
    startCountdowns(document);
    focusErrorSummary(document);
  });
})();
