# Tout le travail est dans launcher/ : ici, seulement les noms des commandes.
.DEFAULT_GOAL := help
PYTHON ?= python3
.PHONY: help run stop test test-unit soak shots demo bench lint format migrations lock clean

##@ Essayer
run: ## le site et sa démonstration, sur http://localhost:8000 (PORT=8001 pour un autre port)
demo: ## joue tout l’appel 2025 dans une base vide : lettres et exports dans var/demo
stop: ## arrête ce qui tourne encore

##@ Vérifier
test: ## tous les tests (ARGS="-k lettre" pour en choisir)
test-unit: ## les tests qui n’ont pas besoin d’un navigateur
soak: ## les grandes tailles (long)
lint: ## mise en forme, règles, types, gabarits, frontières, migrations
shots: ## une capture de chaque page, à 375 et 1280 px, dans var/shots
bench: ## les mesures, dans var/bench.json

##@ Développer
format: ## remet le code en forme
migrations: ## écrit les migrations des modèles changés
lock: ## verrouille à nouveau les versions (ARGS=--upgrade pour les plus récentes)
clean: ## efface .venv, node_modules et var (la base locale comprise)

run demo stop test test-unit soak lint shots bench format migrations lock clean:
	@$(PYTHON) -m launcher $@

##@ Aide
help: ## cette liste
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
