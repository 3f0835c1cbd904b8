/* Clés d’accès : relie les boutons de la page aux fonctions d’allauth, sans rien écrire dans le HTML. */
(() => {
  "use strict";

  const forms = window.allauth.webauthn.forms;
  const starters = { add: forms.addForm, login: forms.loginForm, authenticate: forms.authenticateForm };

  function showError() {
    const box = document.querySelector("[data-passkey-error]");
    if (!box) return;
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    showError();
  });

  document.querySelectorAll("[data-passkey]").forEach((button) => {
    const { passkey, credential, passwordless, options } = button.dataset;
    const ids = { credential, [passkey]: button.id };
    if (passwordless) ids.passwordless = passwordless;
    starters[passkey]({ ids, data: options ? JSON.parse(options) : null });
  });
})();
